package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The values of hosts and their last samples. Disabled hosts have none. */
@Component
class HostValues implements AlertSource {

    private static final String UNREACHABLE = "The host is unreachable.";

    private final HostRegistry hosts;
    private final UsageHistory history;

    HostValues(HostRegistry hosts, UsageHistory history) {
        this.hosts = hosts;
        this.history = history;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(
                RuleId.DISK_FREE,
                RuleId.CACHE_OVER_LIMIT,
                RuleId.HOST_UNREACHABLE,
                RuleId.BUILDER_STOPPED,
                RuleId.SAMPLES_TOO_OLD);
    }

    @Override
    public List<Observation> observe(Instant now) {
        return of(hosts.all(), history.latest(), now);
    }

    static List<Observation> of(List<WatchedHost> hosts, Map<BuilderId, UsageSample> latest, Instant now) {
        var found = new ArrayList<Observation>();
        for (var host : hosts) {
            if (host.enabled()) {
                found.add(reachability(host, now));
                var sample = host.builders().stream()
                        .map(builder -> latest.get(builder.id()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
                found.add(age(host, sample, now));
                found.add(disk(host, sample, now));
                limit(host).ifPresent(limit -> found.add(cache(host, sample, limit)));
            }
        }
        return found;
    }

    private static Observation reachability(WatchedHost host, Instant now) {
        var rule = host.connection().kind() == HostKind.BUILDKITD ? RuleId.BUILDER_STOPPED : RuleId.HOST_UNREACHABLE;
        var subject = Subject.of(host);
        return switch (host.reachability()) {
            case Reachability.Unknown unknown -> Observation.unknown(rule, subject, "The host has not been read yet.");
            case Reachability.Reachable reachable ->
                new Observation(rule, subject, new Measured(Unit.DURATION, 0), "The host is reachable.", List.of());
            case Reachability.Unreachable unreachable -> {
                // Never zero, even if the clock was set back, because zero means reachable.
                long seconds =
                        Math.max(1, Duration.between(unreachable.since(), now).toSeconds());
                yield new Observation(
                        rule,
                        subject,
                        new Measured(Unit.DURATION, seconds),
                        "Unreachable since " + Timestamps.text(unreachable.since()) + ": "
                                + unreachable.problem().message(),
                        List.of(new Fact("Cause", unreachable.problem().cause().name())));
            }
        };
    }

    private static boolean unreachable(WatchedHost host) {
        return host.reachability() instanceof Reachability.Unreachable;
    }

    private static Observation age(WatchedHost host, @Nullable UsageSample sample, Instant now) {
        var subject = Subject.of(host);
        if (unreachable(host)) {
            return Observation.unknown(RuleId.SAMPLES_TOO_OLD, subject, UNREACHABLE);
        }
        if (sample == null) {
            return Observation.unknown(RuleId.SAMPLES_TOO_OLD, subject, "The cache has not been read yet.");
        }
        long late = Duration.between(sample.takenAt(), now)
                .minus(host.pollInterval())
                .toSeconds();
        return new Observation(
                RuleId.SAMPLES_TOO_OLD,
                subject,
                new Measured(Unit.DURATION, Math.max(0, late)),
                "The last sample is from " + Timestamps.text(sample.takenAt()) + ", and the poll interval is "
                        + Durations.text(host.pollInterval()) + ".",
                List.of());
    }

    private static Observation disk(WatchedHost host, @Nullable UsageSample sample, Instant now) {
        var subject = Subject.of(host);
        if (unreachable(host)) {
            return Observation.unknown(RuleId.DISK_FREE, subject, UNREACHABLE);
        }
        return switch (DiskMeter.last(host, now)) {
            case DiskReading.Unknown unknown -> Observation.unknown(RuleId.DISK_FREE, subject, unknown.problem());
            case DiskReading.Known known -> {
                var value = new Measured(
                        Unit.BYTES,
                        known.space().free().bytes(),
                        known.space().total().bytes());
                yield new Observation(
                        RuleId.DISK_FREE,
                        subject,
                        value,
                        "Free disk space is " + value.text() + ".",
                        diskFacts(value, sample));
            }
        };
    }

    private static List<Fact> diskFacts(Measured value, @Nullable UsageSample sample) {
        var facts = new ArrayList<Fact>();
        facts.add(new Fact("Free space", value.text()));
        if (sample != null) {
            facts.add(new Fact("Cache", sample.usage().total().size().toString()));
            facts.add(
                    new Fact("Reclaimable", sample.usage().reclaimable().size().toString()));
        }
        return facts;
    }

    /** Returns the largest limit of the garbage collection, because BuildKit ends with its widest rule. */
    private static Optional<ByteSize> limit(WatchedHost host) {
        return host.capabilities() == null
                ? Optional.empty()
                : host.capabilities().gcPolicies().stream()
                        .map(GcPolicy::most)
                        .filter(Objects::nonNull)
                        .max(ByteSize::compareTo);
    }

    private static Observation cache(WatchedHost host, @Nullable UsageSample sample, ByteSize limit) {
        var subject = Subject.of(host);
        if (unreachable(host) || sample == null) {
            return Observation.unknown(
                    RuleId.CACHE_OVER_LIMIT,
                    subject,
                    sample == null ? "The cache has not been read yet." : UNREACHABLE);
        }
        var size = sample.usage().notShared().size();
        var over = size.minusOrZero(limit);
        return new Observation(
                RuleId.CACHE_OVER_LIMIT,
                subject,
                new Measured(Unit.BYTES, over.bytes(), limit.bytes()),
                "The cache has " + size + ", and the limit of its garbage collection is " + limit + ".",
                List.of(
                        new Fact("Cache", size.toString()),
                        new Fact(
                                "Reclaimable",
                                sample.usage().reclaimable().size().toString())));
    }
}
