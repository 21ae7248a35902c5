package dev.cachewarden.run.store;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanMaker;
import dev.cachewarden.plan.PlanOrder;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.plan.StoredPlans;
import dev.cachewarden.plan.Target;
import dev.cachewarden.plan.Targets;
import dev.cachewarden.plan.Targets.Scope;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.policy.store.StartResult;
import dev.cachewarden.policy.store.StartResult.Code;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.store.RunStarter.Origin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** A start of a policy, which plans and runs a policy on every engine in its scope. */
@Component
class PolicyStart {

    /** The name of the requester of scheduled plans and runs. */
    static final String SCHEDULE = "schedule";

    private static final String WATERMARK = "watermark";
    private static final String BUILDS = "end of builds";

    private final Policies policies;
    private final Targets targets;
    private final PlanMaker maker;
    private final StoredPlans plans;
    private final RunRows rows;
    private final RunStarter starter;
    private final RunGroups groups;
    private final HostTasks tasks;
    private final PruneSettings settings;
    private final InstantSource clock;

    PolicyStart(
            Policies policies,
            Targets targets,
            PlanMaker maker,
            StoredPlans plans,
            RunRows rows,
            RunStarter starter,
            RunGroups groups,
            HostTasks tasks,
            PruneSettings settings,
            InstantSource clock) {
        this.policies = policies;
        this.targets = targets;
        this.maker = maker;
        this.plans = plans;
        this.rows = rows;
        this.starter = starter;
        this.groups = groups;
        this.tasks = tasks;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The trigger of a run, its requester, and its countdown.
     *
     * @param key the idempotency key of a user's request, or null if there is none
     * @param start the key of a scheduled start, or null for another trigger
     */
    private record StartRequest(
            RunTrigger trigger,
            Caller by,
            Duration countdown,
            @Nullable String key,
            @Nullable String start) {

        /** Creates an occasion for an automatic trigger, without a countdown. */
        static StartRequest of(RunTrigger trigger, String by) {
            return new StartRequest(trigger, Caller.named(by), Duration.ZERO, null, null);
        }

        PlanOrder order(PolicyView policy) {
            var order = PlanOrder.of(policy, by.name());
            var watermark = policy.triggers().watermark();
            return trigger == RunTrigger.WATERMARK && watermark != null
                    ? order.by(watermark.stopping(order.rules()))
                    : order;
        }

        @Nullable
        String keyFor(Target target) {
            if (start != null) {
                return keyOf(start, target);
            }
            return key == null ? null : key + "#" + target.builder().id();
        }
    }

    /**
     * Runs a policy that a user starts manually.
     *
     * @throws NotFoundException if the policy does not exist
     * @throws ConflictException if the policy is in report mode
     */
    List<RunOutcome> runManually(long policyId, RunRequest request) {
        var policy = policies.find(policyId)
                .orElseThrow(() -> new NotFoundException("There is no policy " + policyId + "."));
        if (policy.mode() == PolicyMode.REPORT) {
            throw new ConflictException("Policy " + policy.name()
                    + " is in report mode and cannot run. Set its mode to ENFORCE, or create a plan.");
        }
        var key = request.idempotencyKey();
        var before = key == null ? Optional.<RunGroupView>empty() : groups.withKey(key);
        if (before.isPresent()) {
            return repeated(before.get(), policy);
        }
        var countdown = Objects.requireNonNullElse(request.countdown(), settings.countdown());
        return enforce(
                policy,
                targets.inScope(policy.content()),
                new StartRequest(RunTrigger.MANUAL, request.by(), countdown, key, null));
    }

    private static List<RunOutcome> repeated(RunGroupView group, PolicyView policy) {
        if (!Long.valueOf(policy.id()).equals(group.policy().id())) {
            throw new ConflictException("This Idempotency-Key was already used for policy "
                    + group.policy().name() + ". Use a new key for policy " + policy.name() + ".");
        }
        return RunGroups.outcomes(group);
    }

    /**
     * The result of a scheduled start.
     *
     * @param waiting builders on engines with another active run; the start did nothing there
     */
    record Started(StartResult result, Set<BuilderId> waiting) {}

    /**
     * Plans and runs a policy that is due.
     *
     * @param only the builders in its scope to include; empty for all
     * @param start the key of the start; an engine that already has a run of this start gets no second one
     */
    Started onSchedule(PolicyView policy, Set<BuilderId> only, String start) {
        var scope = targets.governedBy(policy, policies.all());
        if (!only.isEmpty()) {
            scope = new Scope(
                    scope.targets().stream()
                            .filter(target -> only.contains(target.builder().id()))
                            .toList(),
                    List.of());
        }
        var left = withoutRun(scope, start);
        if (left.targets().isEmpty() && !scope.targets().isEmpty()) {
            return new Started(StartResult.of(Code.ALL_RUNS_EXIST), Set.of());
        }
        scope = left;
        var occasion = new StartRequest(RunTrigger.SCHEDULE, Caller.named(SCHEDULE), Duration.ZERO, null, start);
        boolean waits = policy.mode() == PolicyMode.ENFORCE && policy.triggers().open(clock.instant());
        var busy = waits ? scope.targets().stream().filter(this::isPruned).toList() : List.<Target>of();
        if (busy.isEmpty()) {
            return new Started(runAutomatically(policy, scope, occasion), Set.of());
        }
        var free = scope.targets().stream()
                .filter(target -> !busy.contains(target))
                .toList();
        var rest = new Scope(free, scope.refused());
        var later = StartResult.NONE.and(Code.POSTPONED, busy.size());
        return new Started(
                free.isEmpty() && rest.refused().isEmpty()
                        ? later
                        : runAutomatically(policy, rest, occasion).and(later),
                busy.stream().map(target -> target.builder().id()).collect(Collectors.toUnmodifiableSet()));
    }

    private Scope withoutRun(Scope scope, String start) {
        var keys = scope.targets().stream().map(target -> keyOf(start, target)).toList();
        var used = rows.usedOf(keys);
        return new Scope(
                scope.targets().stream()
                        .filter(target -> !used.contains(keyOf(start, target)))
                        .toList(),
                scope.refused());
    }

    private static String keyOf(String start, Target target) {
        return start + "#" + target.engineId();
    }

    /** Returns whether a run is active on the engine. A run that waits for approval can wait for days, so a start does not wait for it. */
    private boolean isPruned(Target target) {
        return rows.openOn(target.engineId())
                .filter(run -> run.state() != RunState.AWAITING_APPROVAL)
                .isPresent();
    }

    /**
     * Plans and runs a policy because of a snapshot of one engine.
     *
     * @param trigger WATERMARK or AFTER_BUILDS
     * @return the result
     */
    public StartResult onReading(PolicyView policy, Targets.Scope scope, RunTrigger trigger) {
        return runAutomatically(
                policy, scope, StartRequest.of(trigger, trigger == RunTrigger.WATERMARK ? WATERMARK : BUILDS));
    }

    private StartResult runAutomatically(PolicyView policy, Scope scope, StartRequest occasion) {
        var triggers = policy.triggers();
        if (!triggers.open(clock.instant())) {
            return StartResult.outside(
                    String.valueOf(triggers.window()), triggers.timeZone().toString());
        }
        return switch (policy.mode()) {
            case REPORT -> StartOutcomes.reported(report(policy, scope, occasion));
            case ENFORCE -> StartOutcomes.enforced(enforce(policy, scope, occasion));
        };
    }

    /** Runs a policy on its targets. Creates a group for several engines, or for a start that may be repeated. */
    private List<RunOutcome> enforce(PolicyView policy, Scope scope, StartRequest occasion) {
        if (scope.targets().size() < 2 && occasion.key() == null) {
            return enforce(policy, scope, occasion, null);
        }
        var version = new PolicyVersion(policy.id(), policy.name(), policy.version());
        var group = groups.begin(version, occasion.trigger(), occasion.by(), occasion.key());
        if (group.isEmpty()) {
            return groups.withKey(Objects.requireNonNull(occasion.key()))
                    .map(RunGroups::outcomes)
                    .orElse(List.of());
        }
        var outcomes = enforce(policy, scope, occasion, group.get());
        boolean anyRun = outcomes.stream().anyMatch(RunOutcome.Requested.class::isInstance);
        if (anyRun || occasion.trigger() == RunTrigger.MANUAL) {
            groups.complete(group.get(), outcomes);
        } else {
            groups.discard(group.get());
        }
        return outcomes;
    }

    private List<RunOutcome> enforce(PolicyView policy, Scope scope, StartRequest occasion, @Nullable Long group) {
        return forEach(
                scope,
                target -> enforce(policy, target, occasion, group),
                refused -> new RunOutcome.Refused(refused.hostName(), NoRun.refused(refused.reason())));
    }

    private RunOutcome enforce(PolicyView policy, Target target, StartRequest occasion, @Nullable Long group) {
        var open = rows.openOn(target.engineId());
        if (open.isPresent()) {
            return new RunOutcome.Refused(target.host().name(), becauseOf(open.get()));
        }
        var draft = maker.fromNewReading(target, occasion.order(policy));
        if (draft.empty()) {
            return new RunOutcome.NothingToDelete(target.host().name());
        }
        var plan = plans.store(draft);
        var origin =
                new Origin(occasion.trigger(), occasion.by(), occasion.countdown(), occasion.keyFor(target), group);
        try {
            return new RunOutcome.Requested(starter.start(plan, origin));
        } catch (DuplicateKeyException e) {
            if (occasion.start() == null) {
                throw e;
            }
            // Two replicas process this start: one sent no heartbeat for so long that the other took it over.
            return new RunOutcome.Refused(target.host().name(), NoRun.STARTED_BY_REPLICA);
        }
    }

    private static NoRun becauseOf(RunView open) {
        return NoRun.becauseOf(open.id(), open.state() == RunState.AWAITING_APPROVAL);
    }

    private List<PlanOutcome> report(PolicyView policy, Scope scope, StartRequest occasion) {
        return forEach(
                scope,
                // An empty plan replaces the previous one too, because it reports that nothing would be deleted now.
                target -> new PlanOutcome.Planned(plans.replace(maker.fromNewReading(target, occasion.order(policy)))),
                refused -> refused);
    }

    private <T> List<T> forEach(Scope scope, Function<Target, T> work, Function<PlanOutcome.Refused, T> refused) {
        var outcomes = new ArrayList<>(tasks.forEach(scope.targets(), target -> {
            try {
                return work.apply(target);
            } catch (ConflictException | NotFoundException e) {
                var host = target.host();
                return refused.apply(new PlanOutcome.Refused(host.id(), host.name(), String.valueOf(e.getMessage())));
            }
        }));
        scope.refused().stream().map(refused).forEach(outcomes::add);
        return outcomes;
    }
}
