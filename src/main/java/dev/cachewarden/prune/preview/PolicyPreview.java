package dev.cachewarden.prune.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostId;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.rule.PruneRule;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do, exact for the readings it is worked out from.
 *
 * @param oldest the oldest of the readings; null: there is none
 * @param going over all hosts
 * @param byRule from 1; rules that take nothing are left out
 * @param keptByReason by {@link dev.cachewarden.prune.plan.Reason#code()}
 * @param hosts those of which something goes or of which the change is not zero first, by bytes
 * @param unknown hosts in scope of which it cannot be told, with the reason
 * @param active what the saved version would do of the same readings; null: there is none to compare with
 * @param deleted samples of what goes, the largest first
 * @param kept samples of what stays, the largest first
 */
public record PolicyPreview(
        @Nullable Instant oldest,
        List<PruneRule> rules,
        Amount going,
        Amount staying,
        SortedMap<Integer, Amount> byRule,
        SortedMap<RecordType, Amount> byType,
        SortedMap<String, Amount> keptByReason,
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
     * What it would do of one engine.
     *
     * @param active what the saved version would take; null: there is none to compare with
     */
    public record OfHost(
            HostId host,
            String name,
            Amount going,
            Amount staying,
            @Nullable Amount active) {}

    /** A host that cannot be told of. */
    public record Unknown(HostId host, String name, String reason) {}

    /** What the saved version takes. */
    public record Active(int version, Amount going) {}

    /** A record with its reason for going or staying. */
    public record Sample(
            HostId host,
            String hostName,
            String id,
            RecordType type,
            String description,
            long bytes,
            @Nullable Instant lastUsedAt,
            String reason) {}

    /** By how many bytes more than the saved version, less where negative; zero where there is none. */
    public long change() {
        return active == null ? 0 : going.size().bytes() - active.going().size().bytes();
    }
}
