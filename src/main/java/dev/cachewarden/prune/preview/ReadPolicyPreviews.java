package dev.cachewarden.prune.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyInput;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.PolicyView.Content;
import dev.cachewarden.prune.check.ContentCheck;
import dev.cachewarden.prune.planning.PlanMaker;
import dev.cachewarden.prune.planning.PlanOrder;
import dev.cachewarden.prune.planning.Target;
import dev.cachewarden.prune.planning.Targets;
import dev.cachewarden.prune.preview.PolicyPreview.Active;
import dev.cachewarden.prune.preview.PolicyPreview.OfHost;
import dev.cachewarden.prune.preview.PolicyPreview.Unknown;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Plans from the last readings, several hosts at a time, and keeps of each only its sums. */
@Component
class ReadPolicyPreviews implements PolicyPreviews {

    private static final String DRAFT = "preview";

    /** Of all previews together: each holds a whole snapshot and, while it reads it, a database connection. */
    private final Semaphore atOnce =
            new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, 6));

    private final Policies policies;
    private final Targets targets;
    private final PlanMaker maker;
    private final Executor executor;

    ReadPolicyPreviews(
            Policies policies, Targets targets, PlanMaker maker, @Qualifier("pruneExecutor") Executor executor) {
        this.policies = policies;
        this.targets = targets;
        this.maker = maker;
        this.executor = executor;
    }

    /** What to do for one engine: the draft, the saved version, or both. */
    private record Work(Target target, boolean draft, boolean active) {}

    /**
     * @param sums of the draft; null: the host is not in its scope
     * @param active null: the host is not in the scope of the saved version
     * @param refused why it cannot be told; null: it can
     */
    private record Done(
            Target target,
            @Nullable Instant takenAt,
            @Nullable HostSums sums,
            @Nullable Amount active,
            @Nullable String refused) {}

    @Override
    public PolicyPreview of(PolicyInput input, @Nullable Long activeId) {
        var draft = policies.read(named(input));
        var active = activeId == null
                ? null
                : policies.find(activeId)
                        .orElseThrow(() -> new NotFoundException("There is no policy " + activeId + "."));
        var scope = targets.inScope(draft);
        var unknown = new ArrayList<Unknown>();
        scope.refused()
                .forEach(refused -> unknown.add(new Unknown(refused.host(), refused.hostName(), refused.reason())));
        var done = work(scope.targets(), active).stream()
                .map(work -> CompletableFuture.supplyAsync(() -> limited(work, draft, active), executor))
                .toList();
        var sums = new HostSums();
        var hosts = new ArrayList<OfHost>();
        Instant oldest = null;
        var activeGoing = Amount.NONE;
        for (var future : done) {
            var one = future.join();
            var host = one.target().host();
            if (one.refused() != null) {
                unknown.add(new Unknown(host.id(), host.name(), one.refused()));
                continue;
            }
            activeGoing = one.active() == null ? activeGoing : activeGoing.plus(one.active());
            if (one.sums() != null) {
                sums.add(one.sums());
                oldest = older(oldest, Objects.requireNonNull(one.takenAt()));
            }
            hosts.add(ofHost(one, active != null));
        }
        hosts.sort(Comparator.comparingLong(ReadPolicyPreviews::weight).reversed());
        return new PolicyPreview(
                oldest,
                draft.rules(),
                sums.going(),
                sums.staying(),
                sums.byRule,
                sums.byType,
                sums.keptByReason,
                hosts,
                unknown,
                active == null ? null : new Active(active.version(), activeGoing),
                sums.deleted(),
                sums.kept(),
                ContentCheck.of(draft));
    }

    /** People look at what a policy does before they know what to call it. */
    private static PolicyInput named(PolicyInput input) {
        return input.name() != null && !input.name().isBlank()
                ? input
                : new PolicyInput(
                        DRAFT,
                        input.mode(),
                        input.enabled(),
                        input.scope(),
                        input.priority(),
                        input.rules(),
                        input.pins(),
                        input.when(),
                        input.ceiling(),
                        input.approveAbove(),
                        input.guards());
    }

    private List<Work> work(List<Target> draft, @Nullable PolicyView active) {
        var activeTargets = active == null
                ? List.<Target>of()
                : targets.inScope(active.content()).targets();
        Set<String> inActive = activeTargets.stream().map(Target::engineId).collect(Collectors.toSet());
        var works = new LinkedHashMap<String, Work>();
        draft.forEach(
                target -> works.put(target.engineId(), new Work(target, true, inActive.contains(target.engineId()))));
        activeTargets.forEach(target -> works.putIfAbsent(target.engineId(), new Work(target, false, true)));
        return List.copyOf(works.values());
    }

    private Done limited(Work work, Content draft, @Nullable PolicyView active) {
        atOnce.acquireUninterruptibly();
        try {
            return plan(work, draft, active);
        } catch (ConflictException e) {
            return new Done(work.target(), null, null, null, String.valueOf(e.getMessage()));
        } finally {
            atOnce.release();
        }
    }

    private Done plan(Work work, Content draft, @Nullable PolicyView active) {
        var snapshot = maker.lastReading(work.target());
        var sums = work.draft()
                ? HostSums.of(
                        work.target().host(),
                        maker.draft(work.target(), PlanOrder.of(draft, DRAFT), snapshot)
                                .proposal())
                : null;
        var before = active == null || !work.active()
                ? null
                : maker.draft(work.target(), PlanOrder.of(active, DRAFT), snapshot)
                        .proposal()
                        .going();
        return new Done(work.target(), snapshot.takenAt(), sums, before, null);
    }

    private static Instant older(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private static OfHost ofHost(Done done, boolean compared) {
        var host = done.target().host();
        var sums = done.sums() == null ? new HostSums() : done.sums();
        var active = done.active() == null ? Amount.NONE : done.active();
        return new OfHost(host.id(), host.name(), sums.going(), sums.staying(), compared ? active : null);
    }

    private static long weight(OfHost host) {
        return Math.max(
                host.going().size().bytes(),
                host.active() == null ? 0 : host.active().size().bytes());
    }
}
