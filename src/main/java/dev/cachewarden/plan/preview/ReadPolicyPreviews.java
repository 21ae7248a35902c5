package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.plan.PlanMaker;
import dev.cachewarden.plan.PlanOrder;
import dev.cachewarden.plan.Target;
import dev.cachewarden.plan.Targets;
import dev.cachewarden.plan.preview.HostPreviews.Done;
import dev.cachewarden.plan.preview.HostPreviews.Work;
import dev.cachewarden.plan.preview.PolicyPreview.Active;
import dev.cachewarden.plan.preview.PolicyPreview.OfHost;
import dev.cachewarden.plan.preview.PolicyPreview.Unknown;
import dev.cachewarden.policy.ContentCheck;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Previews from the last snapshots, calculated for several hosts concurrently. Only the totals of each host are kept. */
@Component
class ReadPolicyPreviews implements PolicyPreviews {

    private static final String DRAFT = "preview";

    /** The concurrency limit of all previews together. Each task holds a whole snapshot and, while it reads it, a database connection. */
    private final Semaphore atOnce =
            new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, 6));

    private final Policies policies;
    private final Targets targets;
    private final PlanMaker maker;
    private final Snapshots snapshots;
    private final Executor executor;
    private final InstantSource clock;

    ReadPolicyPreviews(
            Policies policies,
            Targets targets,
            PlanMaker maker,
            Snapshots snapshots,
            @Qualifier("pruneExecutor") Executor executor,
            InstantSource clock) {
        this.policies = policies;
        this.targets = targets;
        this.maker = maker;
        this.snapshots = snapshots;
        this.executor = executor;
        this.clock = clock;
    }

    @Override
    public PolicyPreview of(PolicyDocument input, @Nullable Long activeId, BooleanSupplier superseded) {
        var draft = policies.read(named(input));
        var active = activeId == null
                ? null
                : policies.find(activeId)
                        .orElseThrow(() -> new NotFoundException("There is no policy " + activeId + "."));
        var scope = targets.inScope(draft);
        var unknown = new ArrayList<Unknown>();
        scope.refused()
                .forEach(refused -> unknown.add(new Unknown(refused.host(), refused.hostName(), refused.reason())));
        var done = all(work(scope.targets(), active), previews(draft, active), superseded);
        done.stream()
                .filter(one -> one.refused() != null)
                .map(one -> new Unknown(
                        one.target().host().id(), one.target().host().name(), Objects.requireNonNull(one.refused())))
                .forEach(unknown::add);
        return put(draft, active, done, unknown);
    }

    private HostPreviews previews(Content draft, @Nullable PolicyView active) {
        return new HostPreviews(
                snapshots,
                maker,
                PlanOrder.of(draft, active, DRAFT),
                active == null ? null : PlanOrder.of(active, DRAFT),
                maker.activePins(),
                clock.instant());
    }

    /**
     * Calculates the previews of all engines.
     *
     * @throws CancellationException if no client waits for them any more
     */
    private List<Done> all(List<Work> works, HostPreviews previews, BooleanSupplier superseded) {
        var futures = works.stream()
                .map(work -> CompletableFuture.supplyAsync(() -> limited(work, previews, superseded), executor))
                .toList();
        var done = new ArrayList<Done>(futures.size());
        futures.forEach(future -> future.join().ifPresent(done::add));
        if (superseded.getAsBoolean()) {
            throw new CancellationException("A newer preview request replaced this one");
        }
        return done;
    }

    /** Calculates the preview of one engine, or returns empty if no client waits for it any more. */
    private Optional<Done> limited(Work work, HostPreviews previews, BooleanSupplier superseded) {
        atOnce.acquireUninterruptibly();
        try {
            return superseded.getAsBoolean() ? Optional.empty() : Optional.of(previews.of(work));
        } finally {
            atOnce.release();
        }
    }

    private static PolicyPreview put(
            Content draft, @Nullable PolicyView active, List<Done> done, List<Unknown> unknown) {
        var sums = new HostSums();
        var hosts = new ArrayList<OfHost>();
        Instant oldest = null;
        var activeGoing = Amount.NONE;
        for (var one : done) {
            if (one.refused() != null) {
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
                new PolicyPreview.Effect(
                        sums.deletedAmount(), sums.keptAmount(), sums.byRule, sums.byType, sums.keptByReason),
                hosts,
                unknown,
                active == null ? null : new Active(active.version(), activeGoing),
                SampleTexts.described(sums.deleted(), done),
                SampleTexts.described(sums.kept(), done),
                ContentCheck.of(draft));
    }

    /** Names an unnamed policy, because users look at the effect of a policy before they name it. */
    private static PolicyDocument named(PolicyDocument input) {
        return input.name() != null && !input.name().isBlank() ? input : input.named(DRAFT);
    }

    private List<Work> work(List<Target> draft, @Nullable PolicyView active) {
        var activeTargets = active == null
                ? List.<Target>of()
                : targets.inScope(active.content()).targets();
        Set<String> inActive = activeTargets.stream().map(Target::engineId).collect(Collectors.toSet());
        var last = snapshots.last();
        var works = new LinkedHashMap<String, Work>();
        draft.forEach(target -> works.put(
                target.engineId(),
                new Work(target, last.get(target.builder().id()), true, inActive.contains(target.engineId()))));
        activeTargets.forEach(target -> works.putIfAbsent(
                target.engineId(), new Work(target, last.get(target.builder().id()), false, true)));
        return List.copyOf(works.values());
    }

    private static Instant older(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private static OfHost ofHost(Done done, boolean compared) {
        var host = done.target().host();
        var sums = done.sums() == null ? new HostSums() : done.sums();
        var active = done.active() == null ? Amount.NONE : done.active();
        return new OfHost(host.id(), host.name(), sums.deletedAmount(), sums.keptAmount(), compared ? active : null);
    }

    private static long weight(OfHost host) {
        return Math.max(
                host.deleted().size().bytes(),
                host.active() == null ? 0 : host.active().size().bytes());
    }
}
