package dev.cachewarden.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceChainRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;
import org.springframework.web.servlet.resource.VersionResourceResolver;

@Configuration
class PageConfiguration implements WebMvcConfigurer {

    /**
     * Maps the static files. The URL of each file contains the hash of its content, so clients can cache it forever.
     *
     * <p>Spring Boot would map them to <code>/**</code>. Every link of a page would then be searched for as a file in each JAR, which took
     * most of the time of a page with many links.
     */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (String directory : List.of("css", "js", "icons")) {
            versioned(registry, "/" + directory + "/**", "classpath:/static/" + directory + "/");
        }
        versioned(registry, "/webjars/**", "classpath:/META-INF/resources/webjars/")
                .addResolver(new LiteWebJarsResourceResolver());
    }

    private static ResourceChainRegistration versioned(
            ResourceHandlerRegistry registry, String pattern, String location) {
        return registry.addResourceHandler(pattern)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }

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
