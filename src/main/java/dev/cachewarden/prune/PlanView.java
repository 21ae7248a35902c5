package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.disk.DiskReading;
import dev.cachewarden.prune.plan.rule.Ceiling;
import dev.cachewarden.prune.plan.rule.PruneRule;
import dev.cachewarden.prune.plan.rule.RunGuards;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored plan: exactly what a run would delete of one builder's cache, and why the rest stays.
 *
 * @param hostName as it was called then
 * @param policy whose it is; null: planned by hand
 * @param mode a REPORT plan can never be run
 * @param snapshotAt when the records were read; the plan is exact for this time
 * @param ceilingBytes what the ceiling came to for this cache
 * @param approveAbove a run of more bytes waits for a person; null: none does
 * @param planned records and exact bytes that would go
 * @param byType the same by type
 * @param keptByReason by {@link dev.cachewarden.prune.plan.Reason#code()}
 * @param runId the run it was used for; null: none yet
 * @param guards of its run; what is absent is as the settings have it when it runs
 * @param disk what it was worked out for; null: none of its rules speaks of the disk
 */
public record PlanView(
        long id,
        HostId host,
        String hostName,
        BuilderId builder,
        String engineId,
        @Nullable PolicyVersion policy,
        PolicyMode mode,
        Instant snapshotAt,
        Instant createdAt,
        String createdBy,
        List<PruneRule> rules,
        Ceiling ceiling,
        ByteSize ceilingBytes,
        @Nullable ByteSize approveAbove,
        Amount planned,
        SortedMap<RecordType, Amount> byType,
        Amount kept,
        SortedMap<String, Amount> keptByReason,
        @Nullable Long runId,
        RunGuards guards,
        @Nullable DiskReading disk) {

    public PlanView {
        rules = List.copyOf(rules);
    }

    /**
     * Which policy, as it was.
     *
     * @param id null: it is gone since
     * @param version the saved version, or the one that the draft is to replace
     * @param draft whether the plan was made from the draft of the policy
     */
    public record PolicyVersion(@Nullable Long id, String name, int version, boolean draft) {

        /** A saved version. */
        public PolicyVersion(@Nullable Long id, String name, int version) {
            this(id, name, version, false);
        }

        /** The version as pages show it. */
        public String label() {
            return draft ? "draft of v" + (version + 1) : "v" + version;
        }
    }

    /** Whether its run has to wait for a person. */
    public boolean needsApproval() {
        return approveAbove != null && planned.size().compareTo(approveAbove) > 0;
    }
}
