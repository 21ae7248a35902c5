package dev.cachewarden.access.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.access.Account;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The REST API for user accounts. A token changes only accounts whose scopes it has itself, and never a password: otherwise it could get
 * more rights than it has.
 */
@RestController
@RequestMapping("/api/v1/users")
class UserController {

    private final Accounts accounts;
    private final AuditTrail trail;

    UserController(Accounts accounts, AuditTrail trail) {
        this.accounts = accounts;
        this.trail = trail;
    }

    /**
     * A request for a new user.
     *
     * @param name 1 to 64 letters, digits, dots, dashes, underscores, or @
     * @param role role of the user; viewer if absent
     * @param password first password, with at least 12 characters
     */
    record UserRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "ann") @Nullable
            String name,

            @Nullable Role role,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String password) {}

    /**
     * The changes of a user. Accepts what a GET returns.
     *
     * @param name the unchanged name of the user; can be absent
     * @param role new role of the user
     */
    @JsonIgnoreProperties({"createdAt", "lastSeenAt"})
    record UserChangeRequest(
            @Nullable String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Role role) {}

    /** Returns all users, sorted by name. */
    @GetMapping
    Page<Account> listUsers(Paging paging) {
        return paging.of("users", accounts.all(), Account::name);
    }

    /**
     * Returns a user.
     *
     * @param name name of the user
     */
    @GetMapping("/{name}")
    Account getUser(@PathVariable String name) {
        return find(name);
    }

    /** Creates a user. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Account> createUser(@RequestBody UserRequest request, Principal caller) {
        String name = request.name() == null ? "" : request.name().strip();
        var role = request.role() == null ? Role.VIEWER : request.role();
        refuseBeyond(caller, role, "role");
        accounts.add(name, role, request.password() == null ? "" : request.password());
        trail.record("user.create", name, "role " + role.word());
        return ResponseEntity.created(URI.create("/api/v1/users/" + name)).body(find(name));
    }

    /**
     * Changes the role of a user. A new role ends the sessions of the user. The last administrator keeps the role. The same role changes
     * nothing.
     *
     * @param name name of the user
     */
    @PutMapping("/{name}")
    Account updateUser(@PathVariable String name, @RequestBody UserChangeRequest request, Principal caller) {
        if (request.name() != null && !request.name().equals(name)) {
            throw new InvalidInputException("name", "cannot be changed");
        }
        var role = request.role();
        if (role == null) {
            throw new InvalidInputException("role", "is missing");
        }
        var before = find(name).role();
        refuseBeyond(caller, before, "name");
        refuseBeyond(caller, role, "role");
        if (role == before) {
            trail.omit();
        } else {
            accounts.changeRole(name, role);
            trail.record("user.role", name, "now " + role.word());
        }
        return find(name);
    }

    /**
     * Deletes a user, ends the sessions of the user, and revokes the tokens of the user. The last administrator remains.
     *
     * @param name name of the user
     */
    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteUser(@PathVariable String name, Principal caller) {
        refuseBeyond(caller, find(name).role(), "name");
        accounts.remove(name);
        trail.record("user.delete", name, null);
    }

    private Account find(String name) {
        return accounts.find(name).orElseThrow(() -> new NotFoundException("There is no user '" + name + "'."));
    }

    /** Rejects a role with scopes that the token of the request lacks. */
    private static void refuseBeyond(Principal caller, Role role, String field) {
        if (caller instanceof TokenAuthentication token) {
            List<Scope> own = token.token().token().scopes();
            String missing = role.scopes().stream()
                    .filter(scope -> !own.contains(scope))
                    .sorted()
                    .map(Scope::word)
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                throw new InvalidInputException(
                        field,
                        "must be within the scopes of the token; the role " + role.word() + " also has " + missing);
            }
        }
    }
}
