package dev.cachewarden.rest;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.context.ServletContextAware;

/**
 * Where this service is reached, for links in answers. That is the setting {@code cachewarden.base-url}. Without it the Host header counts
 * only where it cannot lead elsewhere: on loopback, and if it is the very address that the request came in at.
 */
@Component
@EnableConfigurationProperties(AddressSettings.class)
public class OwnAddress implements ServletContextAware {

    private static final String SECURE = "cachewarden.secure";
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final AddressSettings settings;

    OwnAddress(AddressSettings settings) {
        this.settings = settings;
    }

    @Override
    public void setServletContext(ServletContext context) {
        context.setAttribute(SECURE, settings.baseUrl().startsWith("https:"));
    }

    /** Returns whether browsers reach this service over TLS, as far as the request and the settings tell. */
    public static boolean isSecure(HttpServletRequest request) {
        return request.isSecure()
                || Boolean.TRUE.equals(request.getServletContext().getAttribute(SECURE));
    }

    /** Returns the address without a slash at its end; empty if it is unknown. */
    public Optional<String> of(HttpServletRequest request) {
        if (!settings.baseUrl().isEmpty()) {
            return Optional.of(settings.baseUrl());
        }
        var host = request.getServerName();
        if (!LOOPBACK.contains(host) && !host.equals(request.getLocalAddr())) {
            return Optional.empty();
        }
        int port = request.getServerPort();
        boolean usual = port == (request.getScheme().equals("https") ? 443 : 80);
        return Optional.of(request.getScheme() + "://" + host + (usual ? "" : ":" + port));
    }
}
