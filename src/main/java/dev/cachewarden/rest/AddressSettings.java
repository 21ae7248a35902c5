package dev.cachewarden.rest;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The address of this service and the proxies in front of it.
 *
 * @param baseUrl address for links, such as {@code https://cache.example.com}, or empty if unknown
 * @param trustedProxies addresses or networks ({@code 10.0.0.0/8}) of the proxies whose X-Forwarded-* headers are trusted; may be empty
 */
@ConfigurationProperties("cachewarden")
record AddressSettings(
        @DefaultValue("") String baseUrl, @DefaultValue List<String> trustedProxies) {

    /** Addresses without characters that have a special meaning in a script or a header. */
    private static final Pattern PLAIN = Pattern.compile("https?://[A-Za-z0-9._:\\[\\]-]{1,253}(/[A-Za-z0-9._/-]*)?");

    private static final Pattern PROXY = Pattern.compile("[0-9A-Fa-f.:]+(/\\d{1,3})?");

    AddressSettings {
        baseUrl = baseUrl.strip().replaceFirst("/+$", "");
        if (!baseUrl.isEmpty()
                && (!PLAIN.matcher(baseUrl).matches() || URI.create(baseUrl).getHost() == null)) {
            throw new IllegalArgumentException(
                    "cachewarden.base-url must be an address such as https://cache.example.com, not '" + baseUrl + "'");
        }
        trustedProxies = trustedProxies.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        for (var proxy : trustedProxies) {
            if (!PROXY.matcher(proxy).matches()) {
                throw new IllegalArgumentException(
                        "cachewarden.trusted-proxies must be addresses or networks such as 10.0.0.0/8, not '" + proxy
                                + "'");
            }
        }
    }
}
