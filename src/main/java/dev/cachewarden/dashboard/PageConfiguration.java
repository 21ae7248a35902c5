package dev.cachewarden.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
class PageConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new TellThatPartsDiffer())
                .excludePathPatterns(
                        "/api/**", "/v3/**", "/actuator/**", "/css/**", "/js/**", "/icons/**", "/webjars/**");
    }

    /** Adds a header because the same URL returns a whole page or only its live part. A cache must keep both responses separate. */
    private static final class TellThatPartsDiffer implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            response.addHeader(HttpHeaders.VARY, "HX-Request");
            return true;
        }
    }
}
