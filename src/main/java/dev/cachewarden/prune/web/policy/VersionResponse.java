package dev.cachewarden.prune.web.policy;

import dev.cachewarden.prune.version.PolicyVersionView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A save of a policy in an answer.
 *
 * @param savedBy null: it was saved before that was kept
 * @param policy what it said; can be sent back as a change
 */
record VersionResponse(
        int version, Instant savedAt, @Nullable String savedBy, PolicyContentResponse policy) {

    static VersionResponse of(PolicyVersionView version) {
        return new VersionResponse(
                version.version(), version.savedAt(), version.savedBy(), PolicyContentResponse.of(version.content()));
    }
}
