package dev.cachewarden.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Rejects query parameters that a REST request does not have. If Cachewarden ignored a misspelled filter, it would return all items. A
 * script that then prunes the returned items would delete too much.
 */
@Configuration
class UnknownParameters implements WebMvcConfigurer, HandlerInterceptor {

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            var names = known.computeIfAbsent(method, UnknownParameters::names);
            var problems = new ArrayList<FieldProblem>();
            for (String given : request.getParameterMap().keySet()) {
                if (!names.contains(given)) {
                    problems.add(new FieldProblem(given, "is not a parameter of this request. " + offered(names)));
                }
            }
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
        }
        return true;
    }

    private static String offered(Set<String> names) {
        return names.isEmpty() ? "It has no parameters" : "Available parameters: " + String.join(", ", names);
    }

    private static Set<String> names(HandlerMethod method) {
        var names = new TreeSet<String>();
        for (var parameter : method.getMethodParameters()) {
            names.addAll(names(parameter));
        }
        var mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        if (mapping != null) {
            for (String condition : mapping.params()) {
                names.add(condition.replaceFirst("!?=.*", "").replaceFirst("^!", ""));
            }
            if (List.of(mapping.produces()).contains("text/csv")) {
                names.add("format");
            }
        }
        return names;
    }

    private static List<String> names(MethodParameter parameter) {
        var asked = parameter.getParameterAnnotation(RequestParam.class);
        var type = parameter.getParameterType();
        if (asked != null) {
            String own = parameter.getParameter().getName();
            return List.of(asked.name().isEmpty() ? own : asked.name());
        }
        if (parameter.getParameterAnnotations().length == 0 && type.isRecord() && !BeanUtils.isSimpleProperty(type)) {
            var names = new ArrayList<String>();
            for (var component : type.getRecordComponents()) {
                names.add(component.getName());
            }
            return names;
        }
        return List.of();
    }
}
