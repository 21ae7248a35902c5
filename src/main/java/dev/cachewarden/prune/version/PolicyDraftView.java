package dev.cachewarden.prune.version;

import dev.cachewarden.prune.PolicyView.Content;
import java.time.Instant;

/**
 * A change of a policy that is saved and not in force.
 *
 * @param baseVersion the version it was written from
 */
public record PolicyDraftView(long policy, int baseVersion, Content content, Instant savedAt, String savedBy) {}
