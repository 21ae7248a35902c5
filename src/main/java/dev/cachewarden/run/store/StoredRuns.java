package dev.cachewarden.run.store;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.run.store.RunStarter.Origin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The runs in the database, for requests and reads. */
@Component
class StoredRuns implements Runs {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final RunRows rows;
    private final RunStates states;
    private final RunStarter starter;
    private final Plans plans;
    private final PolicyStart start;
    private final RunGroups groups;
    private final Approvals approvals;
    private final RunEnds ends;
    private final PruneSettings settings;
    private final InstantSource clock;

    StoredRuns(
            RunRows rows,
            RunStates states,
            RunStarter starter,
            Plans plans,
            PolicyStart start,
            RunGroups groups,
            Approvals approvals,
            RunEnds ends,
            PruneSettings settings,
            InstantSource clock) {
        this.rows = rows;
        this.states = states;
        this.starter = starter;
        this.plans = plans;
        this.start = start;
        this.groups = groups;
        this.approvals = approvals;
        this.ends = ends;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public RunView start(long planId, RunRequest request) {
        return start(planId, request, null);
    }

    private RunView start(long planId, RunRequest request, @Nullable Long group) {
        var plan = plans.find(planId).orElseThrow(() -> new NotFoundException("There is no plan " + planId + "."));
        var key = request.idempotencyKey();
        if (key != null) {
            var before = rows.withKey(key);
            if (!before.isEmpty()) {
                return repeated(before.getFirst(), planId);
            }
        }
        refuseUnlessRunnable(plan);
        try {
            return insert(plan, request, group);
        } catch (DuplicateKeyException e) {
            // A concurrent request was faster, possibly with the same key.
            return rows.ofPlan(planId)
                    .filter(run -> key != null && rows.withKey(key).contains(run))
                    .orElseThrow(() -> new ConflictException("Plan " + planId + " already has a run."));
        }
    }

    @Override
    public RunView planAndStart(PlanInput input, RunRequest request) {
        var key = request.idempotencyKey();
        var before = key == null
                ? Optional.<RunView>empty()
                : rows.withKey(key).stream().findFirst();
        if (before.isPresent()) {
            return repeated(before.get(), input);
        }
        var plan = plans.make(input, request.by().name());
        refuseUnlessRunnable(plan);
        try {
            return insert(plan, request, null);
        } catch (DuplicateKeyException e) {
            // The plan is new, so a concurrent request used the key.
            return repeated(rows.withKey(Objects.requireNonNull(key)).getFirst(), input);
        }
    }

    private RunView repeated(RunView before, PlanInput input) {
        boolean same = input.builderId() == null
                ? Long.valueOf(before.target().host().value()).equals(input.hostId())
                : before.target().builder().value() == input.builderId();
        if (!same) {
            throw new ConflictException("This Idempotency-Key was already used for host "
                    + before.target().hostName() + ", by run " + before.id() + ". Use a new key for another host.");
        }
        if (plans.find(before.plan().id()).filter(plan -> !input.isOf(plan)).isPresent()) {
            throw new ConflictException("This Idempotency-Key was already used for other rules, by run " + before.id()
                    + ". Use a new key for other rules.");
        }
        return before;
    }

    private static RunView repeated(RunView before, long planId) {
        if (before.plan().id() != planId) {
            throw new ConflictException("This Idempotency-Key was already used for plan "
                    + before.plan().id() + ". Use a new key for plan " + planId + ".");
        }
        return before;
    }

    private void refuseUnlessRunnable(PlanView plan) {
        if (plan.runId() != null) {
            throw new ConflictException("Plan " + plan.id() + " was already run, as run " + plan.runId()
                    + ". Create a new plan to run again.");
        }
        if (plan.mode() == PolicyMode.REPORT) {
            throw new ConflictException(
                    "Plan " + plan.id()
                            + " belongs to a policy in report mode and cannot run. Set the mode to ENFORCE, or create a plan manually.");
        }
        if (plan.effect().planned().records() == 0) {
            return;
        }
        var age = Duration.between(plan.basis().snapshotAt(), clock.instant());
        if (age.compareTo(settings.planValidFor()) > 0) {
            throw new ConflictException("Plan " + plan.id() + " is "
                    + Durations.text(Duration.ofSeconds(age.toSeconds())) + " old, but plans are valid for "
                    + Durations.text(settings.planValidFor()) + ". Create a new plan.");
        }
        rows.openOn(plan.target().engineId())
                .filter(open -> open.state() != RunState.AWAITING_APPROVAL)
                .ifPresent(open -> {
                    throw new ConflictException("Run " + open.id() + " of this engine was requested at "
                            + Timestamps.text(open.request().by().at())
                            + " and has not ended. Wait until it ends, or cancel it.");
                });
    }

    private RunView insert(PlanView plan, RunRequest request, @Nullable Long group) {
        var countdown = Objects.requireNonNullElse(request.countdown(), settings.countdown());
        return starter.start(
                plan, new Origin(RunTrigger.MANUAL, request.by(), countdown, request.idempotencyKey(), group));
    }

    @Override
    public List<RunOutcome> startFor(long policyId, RunRequest request) {
        return start.runManually(policyId, request);
    }

    @Override
    public RunGroupView startAll(List<Long> planIds, RunRequest request) {
        var first = plans.find(planIds.getFirst())
                .orElseThrow(() -> new NotFoundException("There is no plan " + planIds.getFirst() + "."));
        long group = groups.begin(
                        Objects.requireNonNull(first.policy(), "A manual plan has no group"),
                        RunTrigger.MANUAL,
                        request.by(),
                        null)
                .orElseThrow();
        var outcomes = planIds.stream().map(id -> outcome(id, request, group)).toList();
        groups.complete(group, outcomes);
        return group(group).orElseThrow();
    }

    private RunOutcome outcome(long planId, RunRequest request, long group) {
        try {
            return new RunOutcome.Requested(start(planId, request, group));
        } catch (ConflictException e) {
            String host =
                    plans.find(planId).map(plan -> plan.target().hostName()).orElse("Plan " + planId);
            return new RunOutcome.Refused(host, NoRun.refused(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Optional<RunGroupView> group(long id) {
        return groups.find(id);
    }

    @Override
    public RunGroupView cancelAll(long id, Caller by) {
        var group = group(id).orElseThrow(() -> noSuchGroup(id));
        if (group.stoppable() == 0) {
            throw new ConflictException(
                    "No run of group " + id + " can be canceled, because all have ended or are ending.");
        }
        var now = clock.instant();
        for (var run : group.runs()) {
            // A run that has ended in the meantime stays unchanged.
            if (run.stoppable()) {
                states.change(run.id(), stopping -> stopping.cancel(by, now));
            }
        }
        ends.signal();
        return group(id).orElseThrow(() -> noSuchGroup(id));
    }

    private static NotFoundException noSuchGroup(long id) {
        return new NotFoundException("There is no run group " + id + ".");
    }

    @Override
    public Optional<RunView> find(long id) {
        return rows.find(id);
    }

    private RunView get(long id) {
        return rows.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }

    @Override
    public Page<RunView> list(RunFilter filter, @Nullable String after, int limit) {
        String list = "runs " + filter.states().stream().sorted().toList() + filter.builder() + filter.policy();
        Long before =
                after == null ? null : Long.valueOf(Cursor.decode(list, after).getFirst());
        var runs = rows.list(filter, before, limit + 1);
        if (runs.size() <= limit) {
            return new Page<>(runs, null);
        }
        var last = runs.get(limit - 1);
        return new Page<>(runs.subList(0, limit), Cursor.encode(list, List.of(Long.toString(last.id()))));
    }

    @Override
    public Largest largest(@Nullable Set<BuilderId> builders, Instant from, Instant until, int limit) {
        var runs = rows.largest(builders, from, until, limit);
        int all = runs.size() < limit ? runs.size() : rows.countThatDeleted(builders, from, until);
        return new Largest(runs, all - runs.size());
    }

    @Override
    public RunView approve(long id, Caller by, @Nullable Duration countdown) {
        var run = get(id);
        var approval = approval(run, by);
        if (run.state() == RunState.AWAITING_APPROVAL && !approval.allowed()) {
            throw new ConflictException(Objects.requireNonNull(approval.note()));
        }
        var now = clock.instant();
        var wait = Objects.requireNonNullElse(countdown, settings.countdown());
        if (!states.change(id, waiting -> waiting.approve(by, now, now.plus(wait)))) {
            throw new ConflictException("Run " + id + " does not wait for approval. Its state is "
                    + get(id).state().text() + ".");
        }
        return get(run.id());
    }

    @Override
    public Approval approval(RunView run, Caller by) {
        return approvals.of(run, by);
    }

    @Override
    public RunView cancel(long id, Caller by) {
        var now = clock.instant();
        var run = get(id);
        if (run.state() != RunState.CANCELED && !states.change(id, stopping -> stopping.cancel(by, now))) {
            var state = get(id).state();
            throw new ConflictException(
                    state == RunState.VERIFYING
                            ? "Run " + id
                                    + " cannot be canceled, because its deletions have ended and it is being verified."
                            : "Run " + id + " has already ended. Its state is " + state.text() + ".");
        }
        ends.signal();
        return get(id);
    }

    @Override
    public RunView await(long id, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        var run = get(id);
        long left = until - System.nanoTime();
        while (!run.state().ended() && left > 0 && !Thread.currentThread().isInterrupted()) {
            // Checked again in any case, because the run may end on another replica.
            ends.await(Duration.ofNanos(Math.min(left, LOOK_AGAIN.toNanos())));
            run = get(id);
            left = until - System.nanoTime();
        }
        return run;
    }
}
