package dev.cachewarden.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One kind of thing that may be done. No scope holds another; a token needs each that it uses. */
public enum Scope {
    /** See everything but accounts, tokens and the audit trail. */
    READ,
    /** Have plans worked out, and hosts read out of turn. */
    PREVIEW,
    /** Start, approve and stop prune runs. */
    PRUNE,
    /** Hand in build logs. */
    INGEST,
    /** Change hosts, policies, accounts and tokens. */
    ADMIN;

    /** As written in JSON, in the store and in a challenge. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a word.
     *
     * @throws IllegalArgumentException with a message for the person who wrote it
     */
    @JsonCreator
    public static Scope ofWord(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word().equals(word))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a scope; there are "
                        + Arrays.stream(values()).map(Scope::word).collect(Collectors.joining(", "))));
    }

    /** What Spring Security calls it. */
    public String authority() {
        return "SCOPE_" + word();
    }
}
