package dev.cachewarden.run.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.policy.store.StartResult;
import dev.cachewarden.policy.store.StartResult.Code;
import dev.cachewarden.policy.store.StartResult.SkippedHost;
import dev.cachewarden.run.RunOutcome;
import java.util.List;

/** The summary of the outcomes of hosts as the result of a start. */
final class StartOutcomes {

    private StartOutcomes() {}

    static StartResult enforced(List<RunOutcome> outcomes) {
        var requested = of(outcomes, RunOutcome.Requested.class);
        var result = StartResult.NONE;
        if (!requested.isEmpty()) {
            var sum = requested.stream()
                    .map(outcome -> outcome.run().plan().planned())
                    .reduce(Amount.NONE, StartOutcomes::plus);
            result = result.and(Code.RUNS_STARTED, requested.size(), sum);
        }
        int nothing = of(outcomes, RunOutcome.NothingToDelete.class).size();
        if (nothing > 0) {
            result = result.and(Code.NOTHING_TO_DELETE, nothing);
        }
        return orNoHost(result.andSkipped(of(outcomes, RunOutcome.Refused.class).stream()
                .map(refused -> new SkippedHost(refused.hostName(), refused.why()))
                .toList()));
    }

    static StartResult reported(List<PlanOutcome> outcomes) {
        var planned = of(outcomes, PlanOutcome.Planned.class);
        var result = StartResult.NONE;
        if (!planned.isEmpty()) {
            var sum = planned.stream()
                    .map(outcome -> outcome.plan().effect().planned())
                    .reduce(Amount.NONE, StartOutcomes::plus);
            result = result.and(Code.REPORTED, planned.size(), sum);
        }
        return orNoHost(result.andSkipped(of(outcomes, PlanOutcome.Refused.class).stream()
                .map(refused -> new SkippedHost(refused.hostName(), NoRun.refused(refused.reason())))
                .toList()));
    }

    private static <T> List<T> of(List<? super T> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static StartResult orNoHost(StartResult result) {
        return result.parts().isEmpty() ? StartResult.of(Code.NO_HOST) : result;
    }

    private static Amount plus(Amount one, Amount other) {
        // The sum of sizes that a builder reports falsely can overflow.
        long bytes = one.size().bytes() + other.size().bytes();
        return new Amount(one.records() + other.records(), new ByteSize(bytes < 0 ? Long.MAX_VALUE : bytes));
    }
}
