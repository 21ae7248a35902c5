package dev.cachewarden.run;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.run.RunView.By;
import java.util.List;
import java.util.function.Function;

/**
 * The runs of a policy that were started together on several engines.
 *
 * @param runs in the order of their IDs
 * @param withoutRun hosts in the scope for which no run was created
 */
public record RunGroupView(
        long id,
        PlanView.PolicyVersion policy,
        RunTrigger trigger,
        By requested,
        List<RunView> runs,
        List<WithoutRun> withoutRun) {

    public RunGroupView {
        runs = List.copyOf(runs);
        withoutRun = List.copyOf(withoutRun);
    }

    /** A host for which no run was created. */
    public record WithoutRun(String host, NoRun why) {

        /** Returns the reason, as sentences. */
        public String reason() {
            return why.text();
        }
    }

    /** Returns whether every run has ended. */
    public boolean ended() {
        return runs.stream().allMatch(run -> run.state().ended());
    }

    /** Returns the number of runs that can still be canceled. */
    public long stoppable() {
        return runs.stream().filter(RunView::stoppable).count();
    }

    public Amount planned() {
        return sum(run -> run.plan().planned());
    }

    public Amount deleted() {
        return sum(run -> run.result().deleted());
    }

    private Amount sum(Function<RunView, Amount> amount) {
        return runs.stream().map(amount).reduce(Amount.NONE, Amount::plus);
    }
}
