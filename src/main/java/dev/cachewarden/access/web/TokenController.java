package dev.cachewarden.access.web;

import dev.cachewarden.access.ApiToken;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.IdempotencyKey;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for tokens. */
@RestController
@RequestMapping("/api/v1/tokens")
class TokenController {

    private final ApiTokens tokens;
    private final AuditTrail trail;

    TokenController(ApiTokens tokens, AuditTrail trail) {
        this.tokens = tokens;
        this.trail = trail;
    }

    /**
     * A request for a new token.
     *
     * @param name purpose of the token
     * @param scopes rights of the token
     * @param expiresAt expiry time, or null if it never expires
     */
    record TokenRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "nightly prune") @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Set<Scope> scopes,

            @Nullable Instant expiresAt) {}

    /**
     * A new token.
     *
     * @param secret full text of the token, which cannot be shown again
     */
    record IssuedTokenResponse(ApiToken token, String secret) {}

    /** Returns all tokens, without their secrets. */
    @GetMapping
    Page<ApiToken> listTokens(Paging paging) {
        return paging.of("tokens", tokens.all(), token -> Long.toString(token.id()));
    }

    /** Returns a token, without its secret. */
    @GetMapping("/{id}")
    ApiToken getToken(@PathVariable long id) {
        return tokens.get(id);
    }

    /** Creates a token. Only this response contains its secret. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<IssuedTokenResponse> createToken(
            @RequestBody TokenRequest request, Principal caller, HttpServletRequest http) {
        IdempotencyKey.keepSecret(http);
        var name = request.name() == null ? "" : request.name();
        var scopes = request.scopes() == null ? Set.<Scope>of() : request.scopes();
        var issued = caller instanceof TokenAuthentication token
                ? tokens.issue(name, scopes, request.expiresAt(), token.token())
                : tokens.issue(name, scopes, request.expiresAt(), caller.getName());
        trail.record(
                "token.create", issued.token().name() + " (" + issued.token().prefix() + ")", words(issued.token()));
        return ResponseEntity.created(
                        URI.create("/api/v1/tokens/" + issued.token().id()))
                .body(new IssuedTokenResponse(issued.token(), issued.secret()));
    }

    /** Revokes a token. It remains in the list. */
    @DeleteMapping("/{id}")
    ApiToken revokeToken(@PathVariable long id) {
        var token = tokens.revoke(id);
        trail.record("token.revoke", token.name() + " (" + token.prefix() + ")", null);
        return token;
    }

    private static String words(ApiToken token) {
        return "scopes "
                + String.join(", ", token.scopes().stream().map(Scope::word).toList())
                + (token.expiresAt() == null ? ", never expires" : ", expires " + token.expiresAt());
    }
}
