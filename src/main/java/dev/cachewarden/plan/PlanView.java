package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyMode;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A stored plan: the exact records that a run would delete from the cache of one builder, and why the other records stay.
 *
 * @param policy the policy that the plan belongs to, or null if it was planned manually
 * @param mode a REPORT plan can never be run
 * @param runId the run that used the plan, or null if no run has used it yet
 */
public record PlanView(
        long id,
        Target target,
        @Nullable PolicyVersion policy,
        PolicyMode mode,
        Instant createdAt,
        String createdBy,
        Basis basis,
        Terms terms,
        Effect effect,
        @Nullable Long runId) {

    /**
     * The cache that a plan or a run applies to.
     *
     * @param hostName the name of the host when the plan was made
     */
    public record Target(HostId host, String hostName, BuilderId builder, String engineId) {}

    /**
     * The state that the plan is based on.
     *
     * @param snapshotAt the time when the records were read; the plan is exact for this time
     * @param disk the disk reading, or null if no rule depends on the disk
     */
    public record Basis(Instant snapshotAt, @Nullable DiskReading disk) {}

    /**
     * The rules and limits of the plan and of its run.
     *
     * @param limitPerRunBytes the limit per run in bytes for this cache
     * @param approveAbove a run that deletes more bytes waits for approval; null if no run waits
     * @param guards the guards of the run; the settings at the time of the run supply absent values
     */
    public record Terms(
            List<PruneRule> rules,
            LimitPerRun limitPerRun,
            ByteSize limitPerRunBytes,
            @Nullable ByteSize approveAbove,
            RunGuards guards) {

        public Terms {
            rules = List.copyOf(rules);
        }
    }

    /**
     * The records that the plan deletes and keeps.
     *
     * @param planned number and exact size of the records to delete
     * @param byType the records to delete, by type
     * @param keptByReason the records to keep, by {@link dev.cachewarden.planner.Reason#code()}
     */
    public record Effect(
            Amount planned,
            SortedMap<RecordType, Amount> byType,
            Amount kept,
            SortedMap<String, Amount> keptByReason) {}

    /**
     * The policy version that a plan is based on.
     *
     * @param id the policy ID, or null if the policy was deleted since
     * @param version the saved version, or the version that the draft is to replace
     * @param draft whether the plan was made from the draft of the policy
     */
    public record PolicyVersion(@Nullable Long id, String name, int version, boolean draft) {

        /** Returns the ID of the policy whose draft this is, or null if it is no draft or there is no policy. */
        public static @Nullable Long draftOf(@Nullable PolicyVersion version) {
            return version != null && version.draft() ? version.id() : null;
        }

        /** Creates a reference to a saved version. */
        public PolicyVersion(@Nullable Long id, String name, int version) {
            this(id, name, version, false);
        }

        /** Returns the version as pages show it. */
        public String label() {
            return draft ? "draft of v" + (version + 1) : "v" + version;
        }
    }

    /** Returns whether a run of this plan waits for approval. */
    public boolean needsApproval() {
        var approveAbove = terms.approveAbove();
        return approveAbove != null && effect.planned().size().compareTo(approveAbove) > 0;
    }
}
