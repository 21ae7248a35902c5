package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostId;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyView;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The exact effect of a policy on the snapshots that the preview is based on.
 *
 * @param oldest the time of the oldest snapshot, or null if there is none
 * @param effect the records to delete and to keep on all hosts
 * @param hosts the hosts, those with the most bytes to delete in either version first
 * @param unknown hosts in the scope without a preview, with the reason
 * @param active the effect of the saved version on the same snapshots, or null if there is none to compare with
 * @param deleted samples of records to delete, largest first
 * @param kept samples of records to keep, largest first
 */
public record PolicyPreview(
        @Nullable Instant oldest,
        List<PruneRule> rules,
        Effect effect,
        List<OfHost> hosts,
        List<Unknown> unknown,
        @Nullable Active active,
        List<Sample> deleted,
        List<Sample> kept,
        List<PolicyView.Warning> warnings) {

    public PolicyPreview {
        rules = List.copyOf(rules);
        hosts = List.copyOf(hosts);
        unknown = List.copyOf(unknown);
        deleted = List.copyOf(deleted);
        kept = List.copyOf(kept);
        warnings = List.copyOf(warnings);
    }

    /**
     * The records to delete and to keep.
     *
     * @param byRule by rule number, from 1, without rules that select nothing
     * @param keptByReason by {@link dev.cachewarden.planner.Reason#code()}
     */
    public record Effect(
            Amount deleted,
            Amount kept,
            SortedMap<Integer, Amount> byRule,
            SortedMap<RecordType, Amount> byType,
            SortedMap<String, Amount> keptByReason) {}

    /**
     * The effect on one engine.
     *
     * @param active the records that the saved version would delete, or null if there is none to compare with
     */
    public record OfHost(
            HostId host,
            String name,
            Amount deleted,
            Amount kept,
            @Nullable Amount active) {}

    /** A host without a preview. */
    public record Unknown(HostId host, String name, String reason) {}

    /** The records that the saved version would delete. */
    public record Active(int version, Amount deleted) {}

    /** A record with the reason why it is deleted or kept. */
    public record Sample(
            HostId host,
            String hostName,
            String id,
            RecordType type,
            String description,
            long bytes,
            @Nullable Instant lastUsedAt,
            String reason) {}

    /**
     * Returns how many more bytes this policy would delete than the saved version. The number is negative for fewer bytes, and zero if
     * there is no saved version.
     */
    public long change() {
        return active == null
                ? 0
                : effect.deleted().size().bytes() - active.deleted().size().bytes();
    }
}
