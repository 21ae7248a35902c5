package dev.cachewarden.analytics;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.build.PolicyLimits;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The limits on the size of a builder's cache today: policies, and the garbage collection of the builder. */
@Component
public class CacheLimits {

    private static final Comparator<CacheLimit> TIGHTEST_FIRST =
            Comparator.comparing(CacheLimit::size, CacheLimit.TIGHTEST_FIRST);

    private final PolicyLimits policies;
    private final HostRegistry hosts;

    CacheLimits(PolicyLimits policies, HostRegistry hosts) {
        this.policies = policies;
        this.hosts = hosts;
    }

    /** Returns the limits. The policy that prunes the cache comes first, then the garbage collection, then policies in report mode. */
    public List<CacheLimit> of(BuilderId builder) {
        return hosts.ofBuilder(builder).map(this::of).orElse(List.of());
    }

    private List<CacheLimit> of(WatchedHost host) {
        var capabilities = host.capabilities();
        var own = capabilities == null ? Optional.<CacheLimit>empty() : own(capabilities.gcPolicies());
        return Stream.concat(policies.of(host).stream(), own.stream())
                .sorted(Comparator.comparing(limit -> limit.idle() != null))
                .toList();
    }

    /**
     * Returns the tightest of the rules that cover every record. A rule that keeps recently used records counts only if there is no other.
     */
    static Optional<CacheLimit> own(Collection<GcPolicy> rules) {
        var whole = rules.stream().filter(rule -> rule.filters().isEmpty()).toList();
        var firm = whole.stream()
                .filter(rule -> !rule.keepDuration().isPositive())
                .map(CacheLimits::limit)
                .min(TIGHTEST_FIRST);
        return firm.isPresent() ? firm : whole.stream().map(CacheLimits::limit).min(TIGHTEST_FIRST);
    }

    /**
     * Describes the limit of a rule. A rule without limits deletes all records that it does not keep. A rule with only reserved space
     * prunes down to it.
     */
    private static CacheLimit limit(GcPolicy rule) {
        var most = rule.most();
        var floor = rule.floor();
        var free = rule.free();
        String words;
        if (most != null) {
            words = "keeps at most " + most + (free == null ? "" : ", or less to free " + free + " of the disk");
        } else if (free != null) {
            words = "deletes records until " + free + " of the disk is free";
        } else {
            words = floor == null ? "deletes all records" : "prunes down to " + floor;
        }
        return new CacheLimit(
                null,
                words + (free == null || floor == null ? "" : ", but keeps at least " + floor) + spared(rule),
                most != null ? most : free != null ? null : floor != null ? floor : remainingSize(rule),
                null);
    }

    private static @Nullable ByteSize remainingSize(GcPolicy rule) {
        return rule.keepDuration().isPositive() ? null : ByteSize.ZERO;
    }

    private static String spared(GcPolicy rule) {
        return rule.keepDuration().isPositive()
                ? ", except records used within " + Durations.text(rule.keepDuration())
                : "";
    }
}
