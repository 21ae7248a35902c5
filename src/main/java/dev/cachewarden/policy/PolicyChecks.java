package dev.cachewarden.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.history.BuildRhythms;
import dev.cachewarden.history.BuildRhythms.BuildRhythm;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyView.Warning;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The checks of a policy: of its content, the hosts in its scope, and the recent cache use of builds. */
@Component
public class PolicyChecks {

    private static final Duration OF_LATE = Duration.ofDays(14);

    /** The maximum number of hosts to check, because a check is not worth a thousand queries. */
    private static final int MOST_HOSTS = 50;

    private static final int STARTS = 100;

    private final HostRegistry hosts;
    private final BuildRhythms rhythms;
    private final Policies policies;
    private final InstantSource clock;

    PolicyChecks(HostRegistry hosts, BuildRhythms rhythms, Policies policies, InstantSource clock) {
        this.hosts = hosts;
        this.rhythms = rhythms;
        this.policies = policies;
        this.clock = clock;
    }

    public List<Warning> of(PolicyView policy) {
        var warnings = new ArrayList<>(ContentCheck.of(policy.content()));
        var covered = hosts.all().stream()
                .filter(host -> host.enabled() && policy.covers(host))
                .limit(MOST_HOSTS)
                .toList();
        window(policy).ifPresent(warnings::add);
        disk(policy, covered).ifPresent(warnings::add);
        builds(policy, covered, warnings);
        return warnings;
    }

    private Optional<Warning> window(PolicyView policy) {
        var triggers = policy.triggers();
        if (triggers.cron() == null || triggers.window() == null) {
            return Optional.empty();
        }
        boolean never = policies.nextStarts(triggers.cron(), triggers.timeZone().getId(), STARTS).stream()
                .noneMatch(triggers::open);
        return never
                ? Optional.of(new Warning(
                        "window",
                        "is " + triggers.window() + ", but the schedule never starts a run in it",
                        "Change the schedule or the window."))
                : Optional.empty();
    }

    private Optional<Warning> disk(PolicyView policy, List<WatchedHost> covered) {
        var unknown = covered.stream()
                .filter(host -> space(host) == null)
                .map(WatchedHost::name)
                .toList();
        if (unknown.isEmpty() || policy.rules().stream().noneMatch(PruneRule::needsDisk)) {
            return Optional.empty();
        }
        String first = unknown.getFirst() + (unknown.size() > 1 ? " and " + (unknown.size() - 1) + " more" : "");
        return Optional.of(new Warning(
                "rules",
                "depend on the disk. Its size is unknown on " + first + ", so they delete nothing there",
                "Configure the disk measurement of the host, or use limits in bytes."));
    }

    private @Nullable DiskSpace space(WatchedHost host) {
        return DiskMeter.last(host, clock.instant()).space();
    }

    private void builds(PolicyView policy, List<WatchedHost> covered, List<Warning> warnings) {
        var since = clock.instant().minus(OF_LATE);
        for (int i = 0; i < policy.rules().size(); i++) {
            var rule = policy.rules().get(i);
            String at = "rules[" + i + "]";
            for (var host : covered) {
                var warning = host.builders().stream()
                        .findFirst()
                        .flatMap(builder -> rhythms.of(builder.id(), since))
                        .flatMap(rhythm -> builds(at, rule, host, rhythm));
                if (warning.isPresent()) {
                    // One host is reason enough. A warning for each host would be too long to read.
                    warnings.add(warning.get());
                    break;
                }
            }
        }
    }

    private Optional<Warning> builds(String at, PruneRule rule, WatchedHost host, BuildRhythm rhythm) {
        var max = rule.limits().on(space(host)).used();
        if (max != null && takesUsual(rule) && max.compareTo(rhythm.largest()) < 0) {
            return Optional.of(tooSmall(at, host, max, rhythm.largest()));
        }
        var gap = rhythm.usualGap();
        var age = rule.unusedFor();
        if (gap != null && age != null && !age.isZero() && rule.limits().none() && age.compareTo(gap) < 0) {
            return Optional.of(new Warning(
                    at + ".unusedFor",
                    "is " + Durations.text(age) + ", shorter than the " + Durations.text(gap)
                            + " that usually pass between builds on " + host.name()
                            + ": each build starts without its cache",
                    "Use an age above the usual gap."));
        }
        return Optional.empty();
    }

    /** Returns whether a rule includes all usual records. A limit on a part of the cache does not limit what a build needs. */
    private static boolean takesUsual(PruneRule rule) {
        return rule.types().isEmpty() && rule.selection().filters().isEmpty();
    }

    private static Warning tooSmall(String at, WatchedHost host, ByteSize max, ByteSize largest) {
        return new Warning(
                at + "." + Limits.USED,
                "is " + max + ", less than the " + largest + " that builds on " + host.name()
                        + " used within one hour of the last 14 days: they would lose records that they need",
                "Increase it to at least that size.");
    }
}
