package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.plan.PlanMaker;
import dev.cachewarden.plan.PlanOrder;
import dev.cachewarden.plan.Target;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.store.ActivePins;
import dev.cachewarden.rest.ConflictException;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calculation of what a draft and the saved version it is compared with would delete, for one engine after the other. */
final class HostPreviews {

    private final Snapshots snapshots;
    private final PlanMaker maker;
    private final PlanOrder draft;
    private final @Nullable PlanOrder active;
    private final ActivePins held;
    private final boolean described;
    private final Instant now;
    private final HostSums.Bars bars = new HostSums.Bars();

    /**
     * Creates previews.
     *
     * @param now the time to which all ages are calculated
     */
    HostPreviews(
            Snapshots snapshots,
            PlanMaker maker,
            PlanOrder draft,
            @Nullable PlanOrder active,
            ActivePins held,
            Instant now) {
        this.snapshots = snapshots;
        this.maker = maker;
        this.draft = draft;
        this.active = active;
        this.held = held;
        this.described = looksAtDescriptions(draft)
                || active != null && looksAtDescriptions(active)
                || held.all().stream().map(Filter::field).anyMatch(HostPreviews::looksAtDescriptions);
        this.now = now;
    }

    /** The work for one engine: the draft, the saved version, or both. */
    record Work(Target target, @Nullable Reading last, boolean draft, boolean active) {}

    /**
     * The result for one engine.
     *
     * @param sums the totals of the draft, or null if the host is not in its scope
     * @param active the records that the saved version would delete, or null if the host is not in its scope
     * @param packed the snapshot with the descriptions that {@code sums} may lack, or null if it has them
     * @param refused the reason why no preview is possible, or null if it is
     */
    record Done(
            Target target,
            @Nullable Instant takenAt,
            @Nullable HostSums sums,
            @Nullable Amount active,
            @Nullable PackedSnapshot packed,
            @Nullable String refused) {}

    private static boolean looksAtDescriptions(PlanOrder order) {
        return order.rules().stream().anyMatch(PruneRule::needsRebuildTimes)
                || Stream.concat(
                                order.pins().stream(),
                                order.rules().stream().flatMap(rule -> rule.selection().filters().stream()))
                        .map(Filter::field)
                        .anyMatch(HostPreviews::looksAtDescriptions);
    }

    private static boolean looksAtDescriptions(Filter.Field field) {
        return switch (field) {
            case ID, TYPE -> false;
            case DESCRIPTION, MOUNT_TARGET, MOUNT_ID -> true;
        };
    }

    Done of(Work work) {
        try {
            return plan(work);
        } catch (ConflictException e) {
            return new Done(work.target(), null, null, null, null, String.valueOf(e.getMessage()));
        }
    }

    private Done plan(Work work) {
        var found = snapshots.of(work.target(), work.last(), described);
        var cache = found.cache();
        var sums = work.draft()
                ? HostSums.of(work.target().host(), maker.decide(work.target(), draft, cache, held, now), bars)
                : null;
        var before = active == null || !work.active()
                ? null
                : maker.decide(work.target(), active, cache, held, now).deletedAmount();
        return new Done(work.target(), found.takenAt(), sums, before, found.packed(), null);
    }
}
