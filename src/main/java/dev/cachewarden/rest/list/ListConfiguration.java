package dev.cachewarden.rest.list;

import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures lists of the REST API: paging, and CSV on request by {@code Accept: text/csv} or by {@code format=csv}, for links. */
@Configuration
class ListConfiguration implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv");
    private static final ContentNegotiationStrategy HEADER = new HeaderContentNegotiationStrategy();

    private final CsvLists lists;

    ListConfiguration(CsvLists lists) {
        this.lists = lists;
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.strategies(List.of(ListConfiguration::requested));
    }

    private static List<MediaType> requested(NativeWebRequest request) throws HttpMediaTypeNotAcceptableException {
        var http = request.getNativeRequest(HttpServletRequest.class);
        boolean rest = http != null && http.getRequestURI().startsWith("/api/v1/");
        if (rest && Paging.CSV.equals(request.getParameter("format"))) {
            return List.of(CSV);
        }
        var types = HEADER.resolveMediaTypes(request);
        // Generated clients accept all types of the OpenAPI document, JSON first, and can read only JSON.
        return rest && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(types.getFirst())
                ? types.stream().filter(type -> !type.getType().equals("text")).toList()
                : types;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        // The last one: a client that accepts any type gets JSON.
        builder.configureMessageConvertersList(converters -> converters.add(new CsvConverter(lists)));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Paging.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders)
            throws HttpMediaTypeNotAcceptableException {
        String format = request.getParameter("format");
        boolean csv = requested(request).stream()
                .findFirst()
                .filter(CSV::equalsTypeAndSubtype)
                .isPresent();
        return new Paging(
                request.getParameter("after"), limit(request.getParameter("limit")), csv ? Paging.CSV : format);
    }

    private static @Nullable Integer limit(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("limit", "must be a whole number, not '" + text + "'");
        }
    }
}
