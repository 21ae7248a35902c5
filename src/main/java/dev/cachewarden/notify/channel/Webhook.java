package dev.cachewarden.notify.channel;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver of JSON. Requests are signed by the specification Standard Webhooks, so receivers can verify them with its libraries.
 *
 * @param url address of the receiver
 * @param keys secrets {@code whsec_…}: none, one, or the new and the previous one during a rotation
 * @param authorization value of the header {@code Authorization}, or empty
 */
record Webhook(URI url, List<String> keys, String authorization) implements HttpChannel {

    static final String PREFIX = "whsec_";

    @Override
    public List<String> secrets() {
        var secrets = new ArrayList<>(keys);
        secrets.add(authorization);
        secrets.add(url.toString());
        if (url.getRawQuery() != null) {
            secrets.add(url.getRawQuery());
        }
        if (url.getRawPath().length() > 1) {
            secrets.add(url.getRawPath());
        }
        return List.copyOf(secrets);
    }

    @Override
    public Request request(Message message, Instant now) {
        var notification = message.notification();
        var data = Json.object(
                "id",
                notification.id().toString(),
                "key",
                notification.key(),
                "kind",
                notification.kind().name(),
                "severity",
                notification.severity().name(),
                "title",
                notification.title(),
                "text",
                notification.text(),
                "facts",
                notification.facts().stream()
                        .map(fact -> Json.object("label", fact.label(), "value", fact.value()))
                        .toList(),
                "link",
                message.link(),
                "since",
                notification.since().toString(),
                "labels",
                new TreeMap<>(notification.labels()));
        var type = "notification." + notification.kind().name().toLowerCase(Locale.ROOT);
        var body = Json.text(
                Json.object("type", type, "timestamp", notification.at().toString(), "data", data));
        return signed(notification.id().toString(), now.getEpochSecond(), body).with("Authorization", authorization);
    }

    private Request signed(String id, long seconds, String body) {
        var request = new Request(url, Map.of(), body)
                .with("webhook-id", id)
                .with("webhook-timestamp", Long.toString(seconds));
        var signatures = keys.stream()
                .map(key -> signature(key, id + "." + seconds + "." + body))
                .collect(Collectors.joining(" "));
        return request.with("webhook-signature", signatures);
    }

    /** Returns the signature of a text, such as {@code v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=}. */
    static String signature(String key, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime has no HmacSHA256", e);
        }
    }

    /** Returns the bytes of a secret. Throws {@link IllegalArgumentException} if it is not Base64. */
    static byte[] bytes(String key) {
        return Base64.getDecoder().decode(key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key);
    }
}
