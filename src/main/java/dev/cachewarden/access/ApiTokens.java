package dev.cachewarden.access;

import dev.cachewarden.access.SavedToken.Maker;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.VisibleText;
import dev.cachewarden.store.Columns;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The API tokens. */
@Component
public class ApiTokens {

    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    /** The maximum length of a chain of tokens that created each other. */
    private static final int LONGEST_CHAIN = 8;

    private final SavedTokens tokens;
    private final SavedAccounts accounts;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(SavedTokens tokens, SavedAccounts accounts, InstantSource clock) {
        this.tokens = tokens;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** Returns all tokens, including revoked and expired ones, newest first. */
    public List<ApiToken> all() {
        return tokens.newestFirst().stream().map(SavedToken::token).toList();
    }

    /**
     * Returns a token, which may be revoked or expired.
     *
     * @throws NotFoundException if no token has this ID
     */
    public ApiToken get(long id) {
        return withId(id).orElseThrow(() -> new NotFoundException("There is no token " + id + "."));
    }

    private Optional<ApiToken> withId(long id) {
        return tokens.findById(id).map(SavedToken::token);
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
        var role = accounts.roleOf(account)
                .orElseThrow(() -> new NotFoundException("There is no user '" + account + "'."));
        return issue(name, scopes, expiresAt, new Maker(account, account, null), role.scopes());
    }

    /**
     * Creates a token with another token, within the rights of that token. It is accepted only as long as the other token is.
     *
     * @throws InvalidInputException naming the field
     */
    public IssuedToken issue(String name, Set<Scope> scopes, @Nullable Instant expiresAt, TokenPrincipal caller) {
        var parent = caller.token();
        var maker = new Maker(caller.getName(), parent.owner(), parent.id());
        return issue(name, scopes, expiresAt, maker, Set.copyOf(parent.scopes()));
    }

    private IssuedToken issue(
            String name, Set<Scope> scopes, @Nullable Instant expiresAt, Maker maker, Set<Scope> most) {
        var now = clock.instant();
        check(name, scopes, most, expiresAt, now);
        var secret = TokenSecret.random(random);
        var token = tokens.saveAndFlush(new SavedToken(
                name.strip(),
                secret,
                scopes,
                maker,
                Columns.rounded(now),
                expiresAt == null ? null : Columns.rounded(expiresAt)));
        return new IssuedToken(token.token(), secret.text());
    }

    /**
     * Revokes a token permanently but keeps it in the list. A second call changes nothing.
     *
     * @throws NotFoundException if no token has this id
     */
    public ApiToken revoke(long id) {
        tokens.revoke(id, clock.instant());
        return get(id);
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
        var byRole = accounts.roleOf(token.owner()).map(role -> token.limitedTo(role.scopes()));
        if (token.parent() == null) {
            return byRole;
        }
        var parent = withId(token.parent()).flatMap(found -> accepted(found, chain - 1));
        return byRole.flatMap(own -> parent.map(other -> own.limitedTo(other.scopes())));
    }

    private Optional<ApiToken> stored(TokenSecret secret) {
        return tokens.findByPrefix(secret.prefix())
                .filter(token -> token.hasSecret(secret))
                .map(SavedToken::token);
    }

    private void noteUse(ApiToken token, Instant now) {
        var last = token.lastUsedAt();
        if (last != null && now.isBefore(last.plus(USE_RESOLUTION))) {
            return;
        }
        tokens.recordUse(token.id(), now);
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

    /**
     * A new token.
     *
     * @param secret full text of the token, {@code cw_<prefix>_<secret>}; only its hash is stored, so it cannot be shown again
     */
    public record IssuedToken(ApiToken token, String secret) {
        @Override
        public String toString() {
            return "IssuedToken[" + token.prefix() + "]";
        }
    }
}
