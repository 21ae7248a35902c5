package dev.cachewarden.access.web;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.rest.AuditDetail;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Adds each successful change by REST or by a form to the audit log, so that no controller can omit it. It adds no second entry if the
 * controller added a more specific one.
 */
@Configuration
class ChangeAudit implements WebMvcConfigurer, HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final AuditTrail trail;

    ChangeAudit(AuditTrail trail) {
        this.trail = trail;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        boolean recorded = request.getAttribute(AuditTrail.RECORDED) != null;
        if (failure == null && !recorded && response.getStatus() < 400 && !READING.contains(request.getMethod())) {
            var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            if (pattern != null && !pattern.equals("/error") && saved(request, response)) {
                record(request, response, pattern.toString());
            }
        }
    }

    /**
     * Returns whether the request changed anything. A form that is shown again, after an error or for a connection test, changed nothing.
     */
    private static boolean saved(HttpServletRequest request, HttpServletResponse response) {
        return request.getRequestURI().startsWith("/api/") || response.getStatus() >= 300;
    }

    private void record(HttpServletRequest request, HttpServletResponse response, String pattern) {
        String action = AuditedChanges.action(request.getMethod(), pattern);
        if (action != null) {
            String location = response.getHeader(HttpHeaders.LOCATION);
            trail.record(action, AuditedChanges.subject(request.getRequestURI(), location), AuditDetail.of(request));
        }
    }
}
