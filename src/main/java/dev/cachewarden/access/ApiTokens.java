package dev.cachewarden.access;

import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.VisibleText;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The API tokens. */
@Component
public class ApiTokens {

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    /** The maximum length of a chain of tokens that created each other. */
    private static final int LONGEST_CHAIN = 8;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Returns all tokens, including revoked and expired ones, newest first. */
    public List<ApiToken> all() {
        return jdbc.sql("select * from api_token order by created_at desc, id desc")
                .query(ApiTokens::token)
                .list();
    }

    /**
     * Creates a token for an account. The token never has more rights than the account has at the time of its use.
     *
     * @param name purpose of the token
     * @param scopes at least one
     * @param expiresAt expiry time in the future, or null if it never expires
     * @throws InvalidInputException naming the field
     * @throws NotFoundException if the account does not exist
     */
    public IssuedToken issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, String account) {
        var role = role(account).orElseThrow(() -> new NotFoundException("There is no user '" + account + "'."));
        return issue(name, scopes, expiresAt, new Maker(account, account, null, role.scopes()));
    }

    /**
     * Creates a token with another token, within the rights of that token. It is accepted only as long as the other token is.
     *
     * @throws InvalidInputException naming the field
     */
    public IssuedToken issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, TokenPrincipal caller) {
        var parent = caller.token();
        return issue(
                name,
                scopes,
                expiresAt,
                new Maker(caller.getName(), parent.owner(), parent.id(), Set.copyOf(parent.scopes())));
    }

    /** An account or token that creates a token. */
    private record Maker(
            String name, @Nullable String owner, @Nullable Long parent, Set<Scope> scopes) {}

    private IssuedToken issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, Maker maker) {
        var now = clock.instant();
        check(name, scopes, maker.scopes(), expiresAt, now);
        var secret = TokenSecret.random(random);
        var token = jdbc.sql("""
                        insert into api_token (name, prefix, secret_hash, scopes, created_by, created_at, owner, parent, expires_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
                        """)
                .params(
                        name.strip(),
                        secret.prefix(),
                        secret.hash(),
                        scopes.stream().sorted().map(Scope::word).toArray(String[]::new),
                        maker.name(),
                        Times.column(now))
                .param(maker.owner())
                .param(maker.parent())
                .param(expiresAt == null ? null : Times.column(expiresAt))
                .query(ApiTokens::token)
                .single();
        return new IssuedToken(token, secret.text());
    }

    /**
     * Revokes a token permanently but keeps it in the list. A second call changes nothing.
     *
     * @throws NotFoundException if no token has this id
     */
    public ApiToken revoke(long id) {
        return jdbc.sql("update api_token set revoked_at = coalesce(revoked_at, ?) where id = ? returning *")
                .params(Times.column(clock.instant()), id)
                .query(ApiTokens::token)
                .optional()
                .orElseThrow(() -> new NotFoundException("There is no token " + id + "."));
    }

    /**
     * Returns the token with this text if it is accepted now. Its scopes are limited by the role of its owner and by the token that created
     * it. Stores the time of use.
     */
    public Optional<ApiToken> authenticate(String text) {
        var token = find(text);
        token.ifPresent(found -> noteUse(found, clock.instant()));
        return token;
    }

    /** Returns the same token without storing a use. */
    public Optional<ApiToken> find(String text) {
        return TokenSecret.parse(text).flatMap(this::stored).flatMap(token -> accepted(token, LONGEST_CHAIN));
    }

    /** Returns the current scopes of a token, or none if it is not accepted. */
    public List<Scope> scopesNow(ApiToken token) {
        return accepted(token, LONGEST_CHAIN).map(ApiToken::scopes).orElse(List.of());
    }

    private Optional<ApiToken> accepted(ApiToken token, int chain) {
        if (!token.validAt(clock.instant()) || token.owner() == null || chain == 0) {
            return Optional.empty();
        }
        var byRole = role(token.owner()).map(role -> token.limitedTo(role.scopes()));
        if (token.parent() == null) {
            return byRole;
        }
        var parent = jdbc.sql("select * from api_token where id = ?")
                .param(token.parent())
                .query(ApiTokens::token)
                .optional()
                .flatMap(found -> accepted(found, chain - 1));
        return byRole.flatMap(own -> parent.map(other -> own.limitedTo(other.scopes())));
    }

    private Optional<Role> role(String account) {
        return jdbc.sql("select role from app_user where name = ?")
                .param(account)
                .query(String.class)
                .optional()
                .map(Role::valueOf);
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

    private static void check(
            String name, Set<Scope> scopes, Set<Scope> most, @Nullable Instant expiresAt, Instant now) {
        var problems = new ArrayList<FieldProblem>();
        if (name.isBlank() || name.strip().length() > 64) {
            problems.add(new FieldProblem("name", "must be 1 to 64 characters"));
        }
        var hidden = VisibleText.problem(name.strip());
        if (hidden != null) {
            problems.add(new FieldProblem("name", hidden));
        }
        if (scopes.isEmpty()) {
            problems.add(new FieldProblem("scopes", "must contain at least one scope"));
        }
        var beyond = scopes.stream()
                .filter(scope -> !most.contains(scope))
                .map(Scope::word)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!beyond.isEmpty()) {
            problems.add(new FieldProblem("scopes", "must contain only your own scopes; you do not have " + beyond));
        }
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            problems.add(new FieldProblem("expiresAt", "must be in the future"));
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
                row.getString("owner"),
                row.getObject("parent", Long.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Times.instant(row, "expires_at"),
                Times.instant(row, "last_used_at"),
                Times.instant(row, "revoked_at"));
    }
}
