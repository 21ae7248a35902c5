package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.preview.PolicyPreview;
import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Previews that take more the longer the name of the policy is, so that one sees that they are anew. */
final class FakePreviews implements PolicyPreviews {

    final AtomicInteger asked = new AtomicInteger();

    @Override
    public PolicyPreview of(PolicyDocument input, @Nullable Long activeId, BooleanSupplier superseded) {
        asked.incrementAndGet();
        if (input.rules().stream().anyMatch(rule -> "10XB".equals(rule.maxUsedSpace()))) {
            throw new InvalidInputException("rules[0].maxUsedSpace", "'10XB' is not a size");
        }
        long records = 100 + String.valueOf(input.name()).length();
        var going = amount(records, 34_203);
        var staying = amount(60, 15_600);
        var active = activeId == null ? null : amount(80, 32_000);
        return new PolicyPreview(
                Fleets.NOW.minusSeconds(40),
                List.of(PruneRule.unusedFor(Duration.ofDays(14)), PruneRule.atMost(ByteSize.parse("200GiB"))),
                new PolicyPreview.Effect(
                        going,
                        staying,
                        new TreeMap<>(Map.of(1, amount(90, 30_000), 2, amount(records - 90, 4_203))),
                        new TreeMap<>(Map.of(
                                RecordType.REGULAR,
                                amount(80, 21_003),
                                RecordType.EXEC_CACHEMOUNT,
                                amount(records - 80, 13_200))),
                        new TreeMap<>(Map.of("IN_USE", amount(11, 700), "USED_WITHIN", amount(49, 14_900)))),
                List.of(new PolicyPreview.OfHost(new HostId(1), "ci-frankfurt-01", going, staying, active)),
                List.of(new PolicyPreview.Unknown(
                        new HostId(3), "builder-old", "Its last snapshot is 15 min old, too old to plan from.")),
                active == null ? null : new PolicyPreview.Active(4, active),
                List.of(sample("RUN mvn -B -q package", "Rule 1: unused for 16 d (the rule requires 14 d)")),
                List.of(sample("RUN npm ci", "Rule 1: used within 14 d")),
                List.of(new PolicyView.Warning("scope", "is empty: every host is meant", "Name the labels.")));
    }

    private static PolicyPreview.Sample sample(String description, String reason) {
        return new PolicyPreview.Sample(
                new HostId(1),
                "ci-frankfurt-01",
                Fleets.id(1, 7),
                RecordType.REGULAR,
                description,
                734_003_200,
                Fleets.NOW.minus(Duration.ofDays(16)),
                reason);
    }

    private static Amount amount(long records, long mib) {
        return new Amount(records, new ByteSize(mib << 20));
    }
}
