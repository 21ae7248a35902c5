package dev.cachewarden.access;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.CallerAccounts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the account of a session or a token. */
@Component
class StoredCallerAccounts implements CallerAccounts {

    private static final String TOKEN_NAME = "token ";

    private final SavedTokens tokens;
    private final SavedAccounts accounts;

    StoredCallerAccounts(SavedTokens tokens, SavedAccounts accounts) {
        this.tokens = tokens;
        this.accounts = accounts;
    }

    @Override
    public String accountOf(Caller caller) {
        if (caller.token() != null) {
            return only(tokens.ownersByPrefix(caller.token())).orElse(caller.name());
        }
        return caller.name().startsWith(TOKEN_NAME)
                ? only(tokens.ownersByName(caller.name().substring(TOKEN_NAME.length())))
                        .orElse(caller.name())
                : caller.name();
    }

    /** Returns the owner of the matching tokens, or empty if no token matches or tokens of several accounts do. */
    private static Optional<String> only(List<String> owners) {
        return owners.size() == 1 ? Optional.of(owners.getFirst()) : Optional.empty();
    }

    @Override
    public boolean anotherMayPrune(String account) {
        var pruning = Arrays.stream(Role.values())
                .filter(role -> role.scopes().contains(Scope.PRUNE))
                .toList();
        return accounts.hasOther(account, pruning);
    }
}
