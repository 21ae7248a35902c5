package dev.cachewarden.access;

import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tokens for scripts. */
@Component
public class ApiTokens {

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All that were ever made, newest first, revoked and expired ones included. */
    public List<ApiToken> all() {
        return jdbc.sql("select * from api_token order by created_at desc, id desc")
                .query(ApiTokens::token)
                .list();
    }

    /**
     * Makes one.
     *
     * @param name what it is for
     * @param scopes at least one
     * @param expiresAt in the future; null: never
     * @throws InvalidInputException naming the field
     */
    public IssuedToken issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, String createdBy) {
        var now = clock.instant();
        check(name, scopes, expiresAt, now);
        var secret = TokenSecret.random(random);
        var token = jdbc.sql("""
                        insert into api_token (name, prefix, secret_hash, scopes, created_by, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?) returning *
                        """)
                .params(
                        name.strip(),
                        secret.prefix(),
                        secret.hash(),
                        scopes.stream().sorted().map(Scope::word).toArray(String[]::new),
                        createdBy,
                        Times.column(now))
                .param(expiresAt == null ? null : Times.column(expiresAt))
                .query(ApiTokens::token)
                .single();
        return new IssuedToken(token, secret.text());
    }

    /**
     * Makes one useless from now on; keeps it in the list. Doing so twice changes nothing.
     *
     * @throws NotFoundException if there is none of this id
     */
    public ApiToken revoke(long id) {
        return jdbc.sql("update api_token set revoked_at = coalesce(revoked_at, ?) where id = ? returning *")
                .params(Times.column(clock.instant()), id)
                .query(ApiTokens::token)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no token " + id + "."));
    }

    /** The token that a text is, if it is one that opens anything now; stores that it was used. */
    public Optional<ApiToken> authenticate(String text) {
        var now = clock.instant();
        return TokenSecret.parse(text)
                .flatMap(this::stored)
                .filter(token -> token.validAt(now))
                .map(token -> {
                    noteUse(token, now);
                    return token;
                });
    }

    private Optional<ApiToken> stored(TokenSecret secret) {
        return jdbc.sql("select * from api_token where prefix = ?")
                .param(secret.prefix())
                .query((row, number) -> MessageDigest.isEqual(secret.hash(), row.getBytes("secret_hash"))
                        ? Optional.of(token(row, number))
                        : Optional.<ApiToken>empty())
                .optional()
                .flatMap(token -> token);
    }

    private void noteUse(ApiToken token, Instant now) {
        var last = token.lastUsedAt();
        if (last != null && now.isBefore(last.plus(USE_RESOLUTION))) {
            return;
        }
        jdbc.sql("update api_token set last_used_at = ? where id = ?")
                .params(Times.column(now), token.id())
                .update();
    }

    private static void check(String name, Set<Scope> scopes, @Nullable Instant expiresAt, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        if (name.isBlank() || name.strip().length() > 64) {
            problems.add(new FieldProblem("name", "is to say what the token is for, in 1 to 64 characters"));
        }
        if (scopes.isEmpty()) {
            problems.add(new FieldProblem("scopes", "is empty; a token without a scope opens nothing"));
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            problems.add(new FieldProblem("expiresAt", "is in the past"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private static ApiToken token(ResultSet row, int number) throws SQLException {
        var scopes = Arrays.stream((String[]) row.getArray("scopes").getArray())
                .map(Scope::ofWord)
                .toList();
        return new ApiToken(
                row.getLong("id"),
                row.getString("name"),
                row.getString("prefix"),
                scopes,
                row.getString("created_by"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Times.instant(row, "expires_at"),
                Times.instant(row, "last_used_at"),
                Times.instant(row, "revoked_at"));
    }
}
