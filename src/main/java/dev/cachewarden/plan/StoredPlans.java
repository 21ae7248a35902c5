package dev.cachewarden.plan;

import dev.cachewarden.host.HostId;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.InputProblems;
import dev.cachewarden.policy.store.RuleReader;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The plans in the database. */
@Component
public class StoredPlans implements Plans {

    private static final int PART = 1_000;

    private final PlanMaker maker;
    private final Targets targets;
    private final PlanRows rows;
    private final Policies policies;
    private final ApprovalSettings approval;
    private final InstantSource clock;

    StoredPlans(
            PlanMaker maker,
            Targets targets,
            PlanRows rows,
            Policies policies,
            ApprovalSettings approval,
            InstantSource clock) {
        this.maker = maker;
        this.targets = targets;
        this.rows = rows;
        this.policies = policies;
        this.approval = approval;
        this.clock = clock;
    }

    @Override
    public PlanView make(PlanInput input, String by) {
        var problems = new InputProblems();
        var rules = RuleReader.rules(input.rules(), problems);
        var limitPerRun = RuleReader.limitPerRun(input.limitPerRun(), problems);
        if ((input.hostId() == null) == (input.builderId() == null)) {
            problems.add("hostId", "set either hostId or builderId");
        }
        problems.throwIfAny();
        var target = targets.named(input.hostId(), input.builderId());
        var order = new PlanOrder(
                rules,
                List.of(),
                Objects.requireNonNull(limitPerRun),
                null,
                PolicyMode.ENFORCE,
                approval.manualThreshold(),
                by,
                RunGuards.NONE);
        return store(maker.fromLastReading(target, order));
    }

    @Override
    public List<PlanOutcome> makeFor(long policyId, String by) {
        var policy = policy(policyId);
        var scope = targets.inScope(policy.content());
        var outcomes = new ArrayList<PlanOutcome>();
        for (var target : scope.targets()) {
            outcomes.add(planned(target, PlanOrder.of(policy, by)));
        }
        outcomes.addAll(scope.refused());
        return outcomes;
    }

    @Override
    public PlanView makeFor(long policyId, HostId host, String by) {
        var policy = policy(policyId);
        return store(maker.fromLastReading(inScope(policy.content(), host), PlanOrder.of(policy, by)));
    }

    @Override
    public PlanView makeOf(PolicyView.Content draft, long policyId, HostId host, String by) {
        var policy = policy(policyId);
        var target = inScope(draft, host);
        return store(maker.fromLastReading(target, PlanOrder.of(draft, policy, by)));
    }

    private Target inScope(PolicyView.Content policy, HostId host) {
        var target = targets.named(host.value(), null);
        if (!policy.covers(target.host())) {
            throw new InvalidInputException("host", target.name() + " is not in the scope of " + policy.name());
        }
        return target;
    }

    private PolicyView policy(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }

    private PlanOutcome planned(Target target, PlanOrder order) {
        try {
            return new PlanOutcome.Planned(store(maker.fromLastReading(target, order)));
        } catch (ConflictException e) {
            return new PlanOutcome.Refused(target.host().id(), target.name(), String.valueOf(e.getMessage()));
        }
    }

    /** Stores a plan and keeps all other plans. */
    public PlanView store(DraftPlan draft) {
        return get(rows.insert(draft, clock.instant()));
    }

    /** Stores a plan and deletes the plans of the same policy, builder, and creator that were never run. */
    public PlanView replace(DraftPlan draft) {
        return get(rows.replace(draft, clock.instant()));
    }

    private PlanView get(long id) {
        return find(id).orElseThrow(() -> noSuchPlan(id));
    }

    @Override
    public Optional<PlanView> find(long id) {
        return rows.find(id);
    }

    @Override
    public Page<PlannedRecordView> records(long id, RecordFilter filter, @Nullable String after, int limit) {
        get(id);
        String list = "plan " + id + " " + filter.outcome();
        int position =
                after == null ? 0 : Integer.parseInt(Cursor.decode(list, after).getFirst());
        var records = rows.records(id, filter.outcome(), position, limit + 1);
        if (records.size() <= limit) {
            return new Page<>(records, null);
        }
        var last = records.get(limit - 1);
        return new Page<>(records.subList(0, limit), Cursor.encode(list, List.of(Integer.toString(last.position()))));
    }

    @Override
    public void forEachRecord(long id, RecordFilter filter, Consumer<PlannedRecordView> sink) {
        get(id);
        int position = 0;
        List<PlannedRecordView> part;
        do {
            part = rows.records(id, filter.outcome(), position, PART);
            part.forEach(sink);
            position = part.isEmpty() ? position : part.getLast().position();
        } while (part.size() == PART);
    }

    /** Deletes outdated plans, together with their runs. */
    public int deleteOlderThan(Instant neverRun, Instant run) {
        return rows.deleteOlderThan(neverRun, run);
    }

    private static NotFoundException noSuchPlan(long id) {
        return new NotFoundException("There is no plan " + id + ".");
    }
}
