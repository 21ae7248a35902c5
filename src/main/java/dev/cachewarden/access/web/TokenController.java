package dev.cachewarden.access.web;

import dev.cachewarden.access.ApiToken;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/tokens")
@Tag(name = "Tokens", description = "API tokens for scripts")
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
            @Nullable String name,
            @Nullable Set<Scope> scopes,
            @Nullable Instant expiresAt) {}

    /**
     * A new token.
     *
     * @param secret full text of the token, which cannot be shown again
     */
    record IssuedTokenResponse(ApiToken token, String secret) {}

    record TokensResponse(List<ApiToken> items) {}

    @GetMapping
    @Operation(summary = "List all tokens, without their secrets")
    TokensResponse list() {
        return new TokensResponse(tokens.all());
    }

    @PostMapping
    @Operation(summary = "Create a token. Only this response contains its secret")
    ResponseEntity<IssuedTokenResponse> issue(@RequestBody TokenRequest request, Principal caller) {
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

    @DeleteMapping("/{id}")
    @Operation(summary = "Revoke a token. It stays in the list")
    ApiToken revoke(@PathVariable long id) {
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
