package dev.cachewarden.prune;

import org.jspecify.annotations.Nullable;

/**
 * A ceiling as somebody wrote it, not yet checked. A blank text is an absent one; one of both is required.
 *
 * @param maxBytes such as {@code 20GB} or a number of bytes
 * @param maxShare in per cent of the cache, {@code 20} or {@code 20%}
 */
public record CeilingInput(
        @Nullable String maxBytes, @Nullable String maxShare) {

    public static final CeilingInput NONE = new CeilingInput(null, null);
}
