package dev.cachewarden.prune;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.prune.RunView.By;
import java.util.List;
import java.util.function.Function;

/**
 * One start of a policy on several engines.
 *
 * @param runs in the order of their ids
 * @param withoutRun hosts in the scope that got no run
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

    /**
     * A host that got no run.
     *
     * @param nothing whether there was nothing to delete
     * @param reason a sentence
     */
    public record WithoutRun(String host, boolean nothing, String reason) {}

    /** Whether every run has ended. */
    public boolean ended() {
        return runs.stream().allMatch(run -> run.state().ended());
    }

    /** Runs that can still be canceled. */
    public long stoppable() {
        return runs.stream().filter(RunView::stoppable).count();
    }

    public Amount planned() {
        return sum(RunView::planned);
    }

    public Amount deleted() {
        return sum(RunView::deleted);
    }

    private Amount sum(Function<RunView, Amount> amount) {
        return runs.stream().map(amount).reduce(Amount.NONE, Amount::plus);
    }
}
