package dev.cachewarden.run.store;

import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.policy.store.NoRun;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunGroupView;
import dev.cachewarden.run.RunGroupView.WithoutRun;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunTrigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The groups of runs that were started together. */
@Component
class RunGroups {

    private final RunGroupRows groups;
    private final RunRows runs;
    private final InstantSource clock;

    RunGroups(RunGroupRows groups, RunRows runs, InstantSource clock) {
        this.groups = groups;
        this.runs = runs;
        this.clock = clock;
    }

    /** Creates a group. Returns empty if one with the same idempotency key exists. */
    Optional<Long> begin(PolicyVersion policy, RunTrigger trigger, Caller by, @Nullable String key) {
        try {
            return Optional.of(groups.insert(policy, trigger, by, key, clock.instant()));
        } catch (DuplicateKeyException e) {
            return Optional.empty();
        }
    }

    /** Stores the hosts for which no run was created. */
    void complete(long id, List<RunOutcome> outcomes) {
        var without = new ArrayList<WithoutRun>();
        for (var outcome : outcomes) {
            switch (outcome) {
                case RunOutcome.Requested requested -> {}
                case RunOutcome.NothingToDelete nothing ->
                    without.add(new WithoutRun(nothing.hostName(), NoRun.NOTHING_TO_DELETE));
                case RunOutcome.Refused refused -> without.add(new WithoutRun(refused.hostName(), refused.why()));
            }
        }
        groups.recordWithoutRun(id, without);
    }

    /** Deletes a group without runs. */
    void discard(long id) {
        groups.delete(id);
    }

    /** Deletes outdated groups that have no runs any more. */
    void deleteOlderThan(Instant time) {
        groups.deleteOlderThan(time);
    }

    Optional<RunGroupView> find(long id) {
        return groups.find(id, runs.ofGroup(id));
    }

    Optional<RunGroupView> withKey(String key) {
        return groups.withKey(key).flatMap(this::find);
    }

    /** Returns the response to a repeated request for the same start. */
    static List<RunOutcome> outcomes(RunGroupView group) {
        var outcomes = new ArrayList<RunOutcome>();
        group.runs().forEach(run -> outcomes.add(new RunOutcome.Requested(run)));
        group.withoutRun()
                .forEach(host -> outcomes.add(
                        host.why().code() == NoRun.Code.NOTHING_TO_DELETE
                                ? new RunOutcome.NothingToDelete(host.host())
                                : new RunOutcome.Refused(host.host(), host.why())));
        return outcomes;
    }
}
