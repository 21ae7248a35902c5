package dev.cachewarden.policy.web;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyVersionView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saved version of a policy in a response.
 *
 * @param savedBy the user who saved it, or null if it was saved before Cachewarden stored the user
 * @param policy its content, which a client can send back as a change
 */
record VersionResponse(
        int version, Instant savedAt, @Nullable String savedBy, PolicyDocument policy) {

    static VersionResponse of(PolicyVersionView version) {
        return new VersionResponse(
                version.version(), version.savedAt(), version.savedBy(), PolicyDocument.of(version.content()));
    }
}
