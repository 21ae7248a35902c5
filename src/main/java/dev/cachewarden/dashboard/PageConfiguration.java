package dev.cachewarden.dashboard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceChainRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;
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
        versioned(registry, "/webjars/**", "classpath:/META-INF/resources/webjars/", new UsedFiles())
                .addResolver(new LiteWebJarsResourceResolver());
    }

    private static ResourceChainRegistration versioned(
            ResourceHandlerRegistry registry, String pattern, String location, ResourceResolver... first) {
        var chain = registry.addResourceHandler(pattern)
                .addResourceLocations(location)
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic())
                .resourceChain(true);
        for (var resolver : first) {
            chain.addResolver(resolver);
        }
        return chain.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }

    /** Hides the files of WebJars that no page uses, such as the pages of Swagger UI. */
    private static final class UsedFiles implements ResourceResolver {

        private static final Pattern USED = Pattern.compile(
                "(htmx\\.org|chart\\.js|chartjs-plugin-annotation|swagger-ui)/.*"
                        + "(htmx|chart\\.umd|chartjs-plugin-annotation|swagger-ui-bundle)(\\.min)?(-[0-9a-f]{32})?\\.js");

        @Override
        public @Nullable Resource resolveResource(
                @Nullable HttpServletRequest request,
                String path,
                List<? extends Resource> locations,
                ResourceResolverChain chain) {
            return USED.matcher(path).matches() ? chain.resolveResource(request, path, locations) : null;
        }

        @Override
        public @Nullable String resolveUrlPath(
                String path, List<? extends Resource> locations, ResourceResolverChain chain) {
            return chain.resolveUrlPath(path, locations);
        }
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new VaryByHtmx())
                .excludePathPatterns(
                        "/api/**", "/v3/**", "/actuator/**", "/css/**", "/js/**", "/icons/**", "/webjars/**");
    }

    /** Adds a header because the same URL returns a whole page or only its live part. A cache must keep both responses separate. */
    private static final class VaryByHtmx implements HandlerInterceptor {
        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            response.addHeader(HttpHeaders.VARY, "HX-Request");
            return true;
        }
    }
}
