package dev.cachewarden.policy;

import dev.cachewarden.policy.PolicyView.Content;
import java.time.Instant;

/**
 * A saved change of a policy that is not in force.
 *
 * @param baseVersion the version that the draft is based on
 */
public record PolicyDraftView(long policy, int baseVersion, Content content, Instant savedAt, String savedBy) {}
