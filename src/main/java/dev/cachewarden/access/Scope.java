package dev.cachewarden.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A right of accounts and tokens. Scopes are independent: a token needs each scope that it uses. */
public enum Scope {
    /** Allows reading everything except accounts, tokens, and the audit log. */
    READ,
    /** Allows creating plans, and reading hosts immediately. */
    PREVIEW,
    /** Allows starting, approving, and canceling prune runs. */
    PRUNE,
    /** Allows uploading build logs. */
    INGEST,
    /** Allows changing hosts, policies, accounts, and tokens. */
    ADMIN;

    /** Returns the scope as written in JSON, in the database, and in a challenge. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Parses a scope.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    @JsonCreator
    public static Scope ofWord(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a scope; use one of "
                        + Arrays.stream(values()).map(Scope::word).collect(Collectors.joining(", "))));
    }

    /** Returns the authority of this scope in Spring Security. */
    public String authority() {
        return "SCOPE_" + word();
    }
}
