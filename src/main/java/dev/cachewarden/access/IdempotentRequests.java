package dev.cachewarden.access;

import dev.cachewarden.store.Columns;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * The requests with an {@code Idempotency-Key} and their responses, for a day. The database contains neither their bodies nor responses
 * with a secret.
 */
@Component
public class IdempotentRequests {

    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final PasswordEncoder encoder;
    private final InstantSource clock;

    IdempotentRequests(JdbcClient jdbc, PasswordEncoder encoder, InstantSource clock) {
        this.jdbc = jdbc;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** Identifies a request. A key belongs to one caller, so that no caller gets the response of another one. */
    public record CallerKey(String caller, String text) {}

    /**
     * A response.
     *
     * @param body the body, or null if it contains a secret
     */
    public record Response(
            int status,
            @Nullable String location,
            @Nullable String contentType,
            @Nullable String body) {}

    /** A former use of a key, or none. */
    public sealed interface Use {

        /** The key is new and now belongs to this request. */
        record First() implements Use {}

        /** The key belongs to a different request. */
        record Different() implements Use {}

        /** The first request has not ended, or it was interrupted. */
        record Unfinished() implements Use {}

        /** The first request succeeded. */
        record Repeated(Response response) implements Use {}
    }

    /**
     * Claims a key for a request, or returns its former use.
     *
     * @param path path of the request with its query
     */
    public Use claim(CallerKey key, String path, byte[] body) {
        var now = clock.instant();
        jdbc.sql("delete from idempotent_request where created_at < ?")
                .param(Columns.time(now.minus(KEPT)))
                .update();
        String digest = digest(path, body);
        var former = find(key);
        if (former != null) {
            return former.use(digest, encoder);
        }
        int added = jdbc.sql("""
                        insert into idempotent_request (caller, idempotency_key, fingerprint, created_at) values (?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(key.caller(), key.text(), encoder.encode(digest), Columns.time(now))
                .update();
        return added == 1 ? new Use.First() : new Use.Unfinished();
    }

    /** Stores the response to the request that claimed the key. */
    public void finish(CallerKey key, Response response) {
        jdbc.sql("""
                        update idempotent_request set status = ?, location = ?, content_type = ?, body = ?
                        where caller = ? and idempotency_key = ?
                        """)
                .param(response.status())
                .param(response.location())
                .param(response.contentType())
                .param(response.body())
                .params(key.caller(), key.text())
                .update();
    }

    /** Releases the key of a request that failed and therefore changed nothing. */
    public void release(CallerKey key) {
        jdbc.sql("delete from idempotent_request where caller = ? and idempotency_key = ? and status is null")
                .params(key.caller(), key.text())
                .update();
    }

    private record Row(String fingerprint, @Nullable Response response) {

        Use use(String digest, PasswordEncoder encoder) {
            if (!encoder.matches(digest, fingerprint)) {
                return new Use.Different();
            }
            return response == null ? new Use.Unfinished() : new Use.Repeated(response);
        }
    }

    private @Nullable Row find(CallerKey key) {
        return jdbc.sql("select * from idempotent_request where caller = ? and idempotency_key = ?")
                .params(key.caller(), key.text())
                .query((row, number) -> {
                    var status = row.getObject("status", Integer.class);
                    var response = status == null
                            ? null
                            : new Response(
                                    status,
                                    row.getString("location"),
                                    row.getString("content_type"),
                                    row.getString("body"));
                    return new Row(row.getString("fingerprint"), response);
                })
                .optional()
                .orElse(null);
    }

    private static String digest(String path, byte[] body) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(path.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) '\n');
            return Base64.getEncoder().encodeToString(sha.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
