package dev.cachewarden.rest;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.web.context.ServletContextAware;

/**
 * The address of this service, for links in responses. It is the setting {@code cachewarden.base-url}. Without it, the Host header is
 * trusted only if it cannot point elsewhere: on loopback, and if it equals the local address of the connection.
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

    /** Returns whether browsers reach this service over TLS, based on the request and the settings. */
    public static boolean isSecure(HttpServletRequest request) {
        return request.isSecure()
                || Boolean.TRUE.equals(request.getServletContext().getAttribute(SECURE));
    }

    /** Returns the setting without a slash at its end, for links in messages; empty if it is not set. */
    public String configured() {
        return settings.baseUrl();
    }

    /** Returns the address without a slash at its end, or empty if it is unknown. */
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
