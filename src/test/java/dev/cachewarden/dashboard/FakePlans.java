package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.PlannedRecordView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Reason;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Plans of 240 records each, of which those of runs that ended have outcomes. Plan 1 is not run, 2 reports only, 3 is empty. */
final class FakePlans implements Plans {

    static final int RECORDS = 240;

    private static final long MIB = 1L << 20;

    @Override
    public PlanView make(PlanInput input, String by) {
        if (input.rules().stream().anyMatch(rule -> "10XB".equals(rule.maxUsedSpace()))) {
            throw new InvalidInputException("rules[0].maxUsedSpace", "'10XB' is not a size");
        }
        return view(1);
    }

    @Override
    public List<PlanOutcome> makeFor(long policyId, String by) {
        return List.of(
                new PlanOutcome.Planned(view(4)),
                new PlanOutcome.Planned(view(3)),
                new PlanOutcome.Refused(
                        new HostId(3),
                        "builder-old",
                        "Its last snapshot is 15 min old, too old to plan from. Read it again first."));
    }

    @Override
    public PlanView makeFor(long policyId, HostId host, String by) {
        checkScope(host);
        return view(4);
    }

    @Override
    public PlanView makeOf(PolicyView.Content draft, long policyId, HostId host, String by) {
        checkScope(host);
        return view(1);
    }

    private static void checkScope(HostId host) {
        if (host.value() == 4) {
            throw new InvalidInputException("host", "desk-anna is not in the scope");
        }
    }

    @Override
    public Optional<PlanView> find(long id) {
        return id >= 1 && id <= 5 || id >= 811 && id < 820 ? Optional.of(view(id)) : Optional.empty();
    }

    static PlanView view(long id) {
        boolean empty = id == 3;
        var byType = new TreeMap<RecordType, Amount>();
        var kept = new TreeMap<String, Amount>();
        if (!empty) {
            byType.put(RecordType.REGULAR, amount(170, 21_003));
            byType.put(RecordType.EXEC_CACHEMOUNT, amount(40, 9_800));
            byType.put(RecordType.SOURCE_LOCAL, amount(30, 3_400));
        }
        kept.put("IN_USE", amount(11, 700));
        kept.put("USED_WITHIN", amount(40, 14_000));
        kept.put("HELD_BY_CHILD", amount(9, 900));
        return new PlanView(
                id,
                new PlanView.Target(new HostId(1), "ci-frankfurt-01", new BuilderId(10), "ENGINE-1"),
                id == 1 ? null : new PlanView.PolicyVersion(1L, "ci-default", 4, id == 5),
                id == 2 ? PolicyMode.REPORT : PolicyMode.ENFORCE,
                Fleets.NOW.minusSeconds(2),
                "ann",
                new PlanView.Basis(Fleets.NOW.minusSeconds(12), disk(id)),
                new PlanView.Terms(
                        List.of(PruneRule.unusedFor(Duration.ofDays(14)), PruneRule.atMost(ByteSize.parse("200GiB"))),
                        new LimitPerRun(ByteSize.parse("100GiB"), 20),
                        ByteSize.parse("59.3GiB"),
                        id == 5 ? ByteSize.parse("25GiB") : null,
                        id == 1 ? new RunGuards(Duration.ofMinutes(10), 3, null, null) : RunGuards.NONE),
                new PlanView.Effect(empty ? Amount.NONE : amount(RECORDS, 34_203), byType, amount(60, 15_600), kept),
                id >= 811 ? id : null);
    }

    /** Plan 1 was made for a disk that is known, plan 2 for one that is not; the others do not ask for it. */
    private static @Nullable DiskReading disk(long id) {
        var at = Fleets.NOW.minusSeconds(9);
        if (id == 1) {
            return new DiskReading.Known(at, new DiskSpace(ByteSize.parse("500GiB"), ByteSize.parse("231GiB")));
        }
        return id == 2 ? new DiskReading.Unknown(at, "http://ci:9100/metrics refused the connection.") : null;
    }

    private static Amount amount(long records, long mib) {
        return new Amount(records, new ByteSize(mib * MIB + records));
    }

    @Override
    public Page<PlannedRecordView> records(long id, RecordFilter filter, @Nullable String after, int limit) {
        var all = all(id, filter).toList();
        int from = after == null
                ? 0
                : Integer.parseInt(Cursor.decode("plan", after).getFirst());
        int until = Math.min(all.size(), from + limit);
        return new Page<>(
                all.subList(from, until),
                until < all.size() ? Cursor.encode("plan", List.of(Integer.toString(until))) : null);
    }

    @Override
    public void forEachRecord(long id, RecordFilter filter, Consumer<PlannedRecordView> sink) {
        all(id, filter).forEach(sink);
    }

    private static Stream<PlannedRecordView> all(long id, RecordFilter filter) {
        return IntStream.rangeClosed(1, id == 3 ? 0 : RECORDS)
                .mapToObj(position -> record(id, position))
                .filter(record -> filter.outcome() == null || filter.outcome() == record.outcome());
    }

    private static final Map<RecordOutcome, OutcomeReason> REASONS = Map.of(
            RecordOutcome.SKIPPED, OutcomeReason.of(OutcomeReason.Code.USED),
            RecordOutcome.FAILED, OutcomeReason.of(OutcomeReason.Code.KEPT));

    private static PlannedRecordView record(long id, int position) {
        var outcome = id < 816
                ? null
                : position % 20 == 0
                        ? RecordOutcome.SKIPPED
                        : position == 7 ? RecordOutcome.FAILED : RecordOutcome.DELETED;
        return new PlannedRecordView(
                position,
                Fleets.id(1, position),
                position % 6 == 0 ? RecordType.EXEC_CACHEMOUNT : RecordType.REGULAR,
                "[build 4/7] RUN apt-get update && apt-get install -y --no-install-recommends build-essential git cmake",
                new ByteSize(position * 900_000L),
                position % 5 == 0 ? null : Fleets.NOW.minus(Duration.ofDays(14L + position % 30)),
                position % 9,
                position % 3 == 0 ? 2 : 1,
                position % 3 == 0
                        ? new Reason.AboveMaxUsedSpace(2, ByteSize.parse("200GiB"), ByteSize.parse("231.2GiB"))
                        : new Reason.Unused(1, Duration.ofDays(14), Duration.ofDays(21)),
                outcome,
                outcome == null ? null : REASONS.get(outcome),
                outcome == null ? null : Fleets.NOW.minusSeconds(30),
                outcome == RecordOutcome.DELETED ? new ByteSize(position * 900_000L) : null);
    }
}
