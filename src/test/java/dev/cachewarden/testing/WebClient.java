package dev.cachewarden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a browser without JavaScript, or a script, does to a server: keeps cookies, follows no redirect, sends forms. */
public final class WebClient {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final String origin;
    private final CookieManager jar = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(jar)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, String> headers = new HashMap<>();

    public WebClient(int port) {
        this.origin = "http://localhost:" + port;
    }

    /** Returns the cookies as the value of a header. */
    public String cookies() {
        return jar.getCookieStore().getCookies().stream()
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** Sends a header with each request from now on. */
    public WebClient with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path, null, null);
    }

    /** How many bytes a page has on its way, compressed where the server does so. */
    public long weight(String path) {
        var request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofSeconds(90))
                .setHeader("Accept-Encoding", "gzip");
        headers.forEach(request::setHeader);
        return send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body().length;
    }

    public HttpResponse<String> json(String method, String path, @Nullable String body) {
        return send(method, path, body == null ? "" : body, "application/json");
    }

    /** Opens a page, takes its CSRF token, and sends a form with it. */
    public HttpResponse<String> submit(String page, String action, String... namesAndValues) {
        return post(action, concat(namesAndValues, "_csrf", csrf(page)));
    }

    /** Sends a form as it is given. */
    public HttpResponse<String> post(String path, String... namesAndValues) {
        var form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(encode(namesAndValues[i]))
                    .append('=')
                    .append(encode(namesAndValues[i + 1]));
        }
        return send("POST", path, form.toString(), "application/x-www-form-urlencoded");
    }

    public HttpResponse<String> signIn(String name, String password) {
        return submit("/login", "/login", "username", name, "password", password);
    }

    /** The CSRF token in a page's form. */
    public String csrf(String page) {
        var matcher = CSRF.matcher(get(page).body());
        if (!matcher.find()) {
            throw new IllegalStateException("No form with a CSRF token on " + page);
        }
        return matcher.group(1);
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, @Nullable String contentType) {
        var request = HttpRequest.newBuilder(URI.create(origin + path))
                .timeout(Duration.ofMinutes(5))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        if (contentType != null) {
            request.setHeader("Content-Type", contentType);
        }
        return send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] concat(String[] first, String... more) {
        return java.util.stream.Stream.concat(Arrays.stream(first), Arrays.stream(more))
                .collect(Collectors.toList())
                .toArray(new String[0]);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
