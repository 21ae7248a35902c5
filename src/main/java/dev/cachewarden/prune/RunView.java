package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a plan, as it stands.
 *
 * @param hostName as it was called when planned
 * @param policy whose plan it is; null: planned by hand
 * @param startAt end of its countdown
 * @param approval null: not needed, or not given yet
 * @param cancel null: nobody asked to stop it
 * @param startedAt null: not yet
 * @param endedAt null: not yet
 * @param method by which way it deletes, in words; null: has not begun
 * @param planned what the plan lists
 * @param deleted what went; its bytes as the builder told them for each record
 * @param skipped passed over, each with a reason
 * @param failed should be gone and is not, or nobody can tell
 * @param reported the builder's own sum of what it freed; null: none was told
 * @param cacheBefore all records when the run began; null: not read
 * @param cacheAfter all records after it; null: not read
 * @param message why it failed, ended early, or waits; null: nothing to say
 */
public record RunView(
        long id,
        long planId,
        HostId host,
        String hostName,
        BuilderId builder,
        String engineId,
        PlanView.@Nullable PolicyVersion policy,
        RunState state,
        RunTrigger trigger,
        By requested,
        Instant startAt,
        @Nullable By approval,
        @Nullable By cancel,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String method,
        Amount planned,
        Amount deleted,
        Amount skipped,
        Amount failed,
        @Nullable ByteSize reported,
        @Nullable ByteSize cacheBefore,
        @Nullable ByteSize cacheAfter,
        @Nullable String message) {

    /** Who did something, and when. */
    public record By(String name, Instant at) {}
}
