package dev.cachewarden.policy;

import org.jspecify.annotations.Nullable;

/**
 * A ceiling as entered by a user, not yet validated. Blank text counts as absent. At least one of the two is required.
 *
 * @param maxBytes the limit per run, such as {@code 20GB} or a number of bytes
 * @param maxShare the limit per run in percent of the cache, {@code 20} or {@code 20%}
 */
public record CeilingInput(
        @Nullable String maxBytes, @Nullable String maxShare) {

    public static final CeilingInput NONE = new CeilingInput(null, null);
}
