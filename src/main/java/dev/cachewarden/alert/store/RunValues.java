package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.alert.store.RunFacts.EndedRun;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The values of policies and their runs. Disabled policies, and policies in report mode, have none. */
@Component
class RunValues implements AlertSource {

    private final RunFacts runs;
    private final Policies policies;
    private final HostRegistry hosts;

    RunValues(RunFacts runs, Policies policies, HostRegistry hosts) {
        this.runs = runs;
        this.policies = policies;
        this.hosts = hosts;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(RuleId.RUN_FAILED, RuleId.RUN_FREED_LITTLE, RuleId.RUN_MISSED);
    }

    @Override
    public List<Observation> observe(Instant now) {
        return of(runs.ended(), policies.all(), hosts.all(), now);
    }

    static List<Observation> of(List<EndedRun> ended, List<PolicyView> policies, List<WatchedHost> hosts, Instant now) {
        var found = new ArrayList<Observation>();
        var enforcing = new LinkedHashMap<Long, PolicyView>();
        for (var policy : policies) {
            if (policy.enabled() && policy.mode() == PolicyMode.ENFORCE) {
                enforcing.put(policy.id(), policy);
                found.add(missed(policy, now));
            }
        }
        var byId = new LinkedHashMap<HostId, WatchedHost>();
        hosts.stream().filter(WatchedHost::enabled).forEach(host -> byId.put(host.id(), host));
        for (var group : grouped(ended, enforcing, byId).values()) {
            var policy = enforcing.get(group.getFirst().policy());
            var host = byId.get(group.getFirst().host());
            if (policy != null && host != null) {
                add(found, group, subject(policy, host));
            }
        }
        return found;
    }

    private record Pair(long policy, HostId host) {}

    /** Returns the runs that were not canceled, newest first, by policy and host. */
    private static Map<Pair, List<EndedRun>> grouped(
            List<EndedRun> ended, Map<Long, PolicyView> policies, Map<HostId, WatchedHost> hosts) {
        var groups = new LinkedHashMap<Pair, List<EndedRun>>();
        for (var run : ended) {
            if (run.state() != RunState.CANCELED
                    && policies.containsKey(run.policy())
                    && hosts.containsKey(run.host())) {
                groups.computeIfAbsent(new Pair(run.policy(), run.host()), any -> new ArrayList<>())
                        .add(run);
            }
        }
        return groups;
    }

    private static Subject subject(PolicyView policy, WatchedHost host) {
        return new Subject(
                "policy:" + policy.id() + ":host:" + host.id(),
                policy.name() + " on " + host.name(),
                host.id(),
                policy.id(),
                host.labels(),
                "/policies/" + policy.id());
    }

    private static void add(List<Observation> found, List<EndedRun> runs, Subject subject) {
        var last = runs.getFirst();
        var at = on(subject, "/runs/" + last.id());
        long failed =
                runs.stream().takeWhile(run -> run.state() == RunState.FAILED).count();
        String outcome = "Run " + last.id() + " ended at " + Timestamps.text(last.endedAt());
        found.add(new Observation(
                RuleId.RUN_FAILED,
                at,
                new Measured(Unit.RUNS, failed),
                failed == 0
                        ? outcome + " without a failure."
                        : outcome + " and failed." + (last.note().isEmpty() ? "" : " " + last.note()),
                List.of(new Fact("Failed in a row", Long.toString(failed)))));
        if (last.state() != RunState.FAILED && last.plannedBytes() > 0) {
            var deleted = new ByteSize(last.deletedBytes());
            found.add(new Observation(
                    RuleId.RUN_FREED_LITTLE,
                    at,
                    new Measured(Unit.BYTES, last.deletedBytes(), last.plannedBytes()),
                    outcome + " and deleted " + deleted + " of " + new ByteSize(last.plannedBytes()) + " planned.",
                    List.of(new Fact("Deleted", deleted.toString()))));
        }
    }

    private static Subject on(Subject subject, String path) {
        return new Subject(subject.key(), subject.name(), subject.host(), subject.policy(), subject.labels(), path);
    }

    private static Observation missed(PolicyView policy, Instant now) {
        var subject = new Subject(
                "policy:" + policy.id(), policy.name(), null, policy.id(), Map.of(), "/policies/" + policy.id());
        var due = policy.nextStartAt();
        long late = due == null ? 0 : Math.max(0, Duration.between(due, now).toSeconds());
        return new Observation(
                RuleId.RUN_MISSED,
                subject,
                new Measured(Unit.DURATION, late),
                due == null || late == 0
                        ? "No start of the policy is overdue."
                        : "The start at " + Timestamps.text(due) + " did not happen.",
                List.of());
    }
}
