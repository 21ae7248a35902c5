package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One run in each state, from 811 on in the order of the states. */
final class FakeRuns implements Runs {

    private static final long MIB = 1L << 20;

    Approval selfApproval = new Approval(true, null);

    private final Map<Long, RunView> runs = new ConcurrentHashMap<>();

    FakeRuns() {
        fill();
    }

    void clear() {
        runs.clear();
    }

    void fill() {
        clear();
        selfApproval = new Approval(true, null);
        for (var state : RunState.values()) {
            runs.put(id(state), view(id(state), state));
        }
    }

    static long id(RunState state) {
        return 811 + state.ordinal();
    }

    private static RunView view(long id, RunState state) {
        return view(id, state, deleted(state));
    }

    private static Amount deleted(RunState state) {
        return switch (state) {
            case RUNNING -> amount(96, 13_700);
            case VERIFYING, DONE -> amount(228, 33_000);
            case PARTIAL -> amount(227, 32_900);
            default -> Amount.NONE;
        };
    }

    /** As if it had ended so long ago. */
    void endedAgo(RunState state, Duration ago) {
        long id = id(state);
        runs.put(id, view(id, state, deleted(state), Fleets.NOW.minus(ago)));
    }

    private static RunView view(long id, RunState state, Amount done) {
        return view(id, state, done, Fleets.NOW.minusSeconds(20));
    }

    private static RunView view(long id, RunState state, Amount done, Instant ended) {
        var by = new RunView.By("ann", Fleets.NOW.minusSeconds(300), null, "192.0.2.7");
        boolean begun = state.ordinal() >= RunState.RUNNING.ordinal() && state != RunState.CANCELED;
        boolean failed = state == RunState.FAILED;
        return new RunView(
                id,
                new PlanView.Target(new HostId(1), "ci-frankfurt-01", new BuilderId(10), "ENGINE-1"),
                new RunView.Plan(
                        id, new PlanView.PolicyVersion(1L, "ci-default", 4), amount(FakePlans.RECORDS, 34_203)),
                state,
                new RunView.Request(
                        id % 2 == 0 ? RunTrigger.SCHEDULE : RunTrigger.MANUAL,
                        by,
                        Fleets.NOW.plusSeconds(8),
                        null,
                        id >= 811 && id <= 813 ? 5L : null),
                new RunView.Course(
                        state == RunState.CANCELED
                                ? new RunView.By("otto", Fleets.NOW.minusSeconds(290), null, null)
                                : null,
                        state == RunState.WAITING_FOR_BUILDS ? Fleets.NOW.minusSeconds(75) : null,
                        begun ? ended.minusSeconds(40) : null,
                        state.ended() ? ended : null,
                        begun ? DeletionMethod.CONTROL : null,
                        notes(state)),
                new RunView.Result(
                        done,
                        begun && !failed ? amount(12, 1_100) : Amount.NONE,
                        state == RunState.PARTIAL ? amount(1, 100) : failed ? amount(240, 34_203) : Amount.NONE,
                        state.ended() && begun && !failed ? new ByteSize(33_000 * MIB) : null,
                        begun ? ByteSize.parse("231GiB") : null,
                        state.ended() && begun ? ByteSize.parse("198.7GiB") : null,
                        begun ? ByteSize.parse("61.2GiB") : null,
                        state.ended() && begun ? ByteSize.parse("93.1GiB") : null));
    }

    private static List<RunNote> notes(RunState state) {
        return switch (state) {
            case FAILED ->
                problem("Another engine answers at unix:///var/run/docker.sock than the one that was planned for;"
                        + " nothing was sent.");
            case AWAITING_APPROVAL ->
                problem("33.4 GiB are more than the 25.0 GiB that ci-default lets go without a person.");
            default -> List.of();
        };
    }

    private static List<RunNote> problem(String text) {
        return List.of(RunNote.ofProblem(RunNote.Code.ENGINE_FAILED, text));
    }

    /** Lets a run go on until so many records are deleted. */
    void delete(long id, long records) {
        var run = find(id).orElseThrow();
        runs.put(id, view(id, run.state(), amount(records, 20_000)));
    }

    private static Amount amount(long records, long mib) {
        return new Amount(records, new ByteSize(mib * MIB + records));
    }

    @Override
    public RunView start(long planId, RunRequest request) {
        if (planId != 1) {
            throw new ConflictException("Plan " + planId + " was already run, as run " + planId + ".");
        }
        return put(812, RunState.COUNTDOWN);
    }

    @Override
    public RunView planAndStart(PlanInput input, RunRequest request) {
        return start(1, request);
    }

    @Override
    public List<RunOutcome> startFor(long policyId, RunRequest request) {
        return List.of(
                new RunOutcome.Requested(put(812, RunState.COUNTDOWN)),
                new RunOutcome.NothingToDelete("ci-frankfurt-02"),
                new RunOutcome.Refused(
                        "builder-old", NoRun.refused("It did not respond within 20 s; nothing was sent.")));
    }

    private RunView put(long id, RunState state) {
        var run = view(id, state);
        runs.put(id, run);
        return run;
    }

    @Override
    public RunGroupView startAll(List<Long> planIds, RunRequest request) {
        return group(5).orElseThrow();
    }

    /** The first three runs were started together; a host had nothing to delete. */
    @Override
    public Optional<RunGroupView> group(long id) {
        return id != 5
                ? Optional.empty()
                : Optional.of(new RunGroupView(
                        5,
                        new PlanView.PolicyVersion(1L, "ci-default", 4),
                        RunTrigger.MANUAL,
                        new RunView.By("ann", Fleets.NOW.minusSeconds(300), null, "192.0.2.7"),
                        runs.values().stream()
                                .filter(run ->
                                        Long.valueOf(5).equals(run.request().group()))
                                .sorted(Comparator.comparing(RunView::id))
                                .toList(),
                        List.of(new RunGroupView.WithoutRun("ci-frankfurt-02", NoRun.NOTHING_TO_DELETE))));
    }

    @Override
    public RunGroupView cancelAll(long group, Caller by) {
        group(group).orElseThrow().runs().stream()
                .filter(RunView::stoppable)
                .forEach(run -> put(run.id(), RunState.CANCELED));
        return group(group).orElseThrow();
    }

    @Override
    public Optional<RunView> find(long id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public Page<RunView> list(RunFilter filter, @Nullable String after, int limit) {
        return new Page<>(
                runs.values().stream()
                        .filter(run ->
                                filter.states().isEmpty() || filter.states().contains(run.state()))
                        .filter(run -> filter.builder() == null
                                || filter.builder().equals(run.target().builder()))
                        .sorted(Comparator.comparing(RunView::id).reversed())
                        .limit(limit)
                        .toList(),
                null);
    }

    @Override
    public Largest largest(@Nullable Set<BuilderId> builders, Instant from, Instant until, int limit) {
        var found = runs.values().stream()
                .filter(run ->
                        builders == null || builders.contains(run.target().builder()))
                .filter(run -> run.result().deleted().records() > 0
                        && isWithin(run.course().endedAt(), from, until))
                .sorted(Comparator.comparing(
                                (RunView run) -> run.result().deleted().size())
                        .reversed())
                .toList();
        var shown = found.stream().limit(limit).toList();
        return new Largest(shown, found.size() - shown.size());
    }

    private static boolean isWithin(@Nullable Instant at, Instant from, Instant until) {
        return at != null && !at.isBefore(from) && at.isBefore(until);
    }

    @Override
    public RunView approve(long id, Caller by, @Nullable Duration countdown) {
        var run = find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
        return put(run.id(), RunState.COUNTDOWN);
    }

    /** The run that "ann" requested waits for another person if there is one; here there is none. */
    @Override
    public Approval approval(RunView run, Caller by) {
        return selfApproval;
    }

    @Override
    public RunView cancel(long id, Caller by) {
        var run = find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
        if (run.state().ended()) {
            throw new ConflictException("Run " + id + " has ended; there is nothing left to stop.");
        }
        return put(id, RunState.CANCELED);
    }

    @Override
    public RunView await(long id, Duration atMost) {
        // Nothing here ends by itself.
        LockSupport.parkNanos(atMost.toNanos());
        return find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }
}
