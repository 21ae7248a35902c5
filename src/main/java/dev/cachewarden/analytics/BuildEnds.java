package dev.cachewarden.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The times at which builds that used a cache ended. Known builds have an end of their own. For other builds, a time without uses marks the
 * end. Unknown builds that use the cache without such a gap count as one build.
 */
public final class BuildEnds {

    /** The time within which a build releases its records after it ended. */
    private static final Duration LETS_GO = Duration.ofSeconds(5);

    /**
     * The gap between uses that marks the end of an unknown build. A longer step splits such a build into two, and the curve then suggests
     * a somewhat larger cache.
     */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private BuildEnds() {}

    /** A known build. */
    public record Ran(Instant from, Instant until) {}

    /**
     * Returns the ends, oldest first. At each end, the builds have released the records that they used up to then.
     *
     * @param builds known builds in any order; they can overlap
     * @param uses times of uses in any order
     */
    public static List<Instant> of(Collection<Ran> builds, Collection<Instant> uses) {
        var ends = known(builds);
        var running = running(builds);
        Instant last = null;
        for (var use : uses.stream().sorted().toList()) {
            if (last != null && Duration.between(last, use).compareTo(QUIET) > 0) {
                var run = running.floorEntry(last);
                if (run == null || run.getValue().isBefore(use)) {
                    ends.add(last);
                }
            }
            last = use;
        }
        return ends.stream().sorted().toList();
    }

    /**
     * Returns the times by which known builds have certainly released their records. If the next build ends sooner than that, the result is
     * the midpoint between both ends, because each build releases its records after its own end.
     */
    private static List<Instant> known(Collection<Ran> builds) {
        var untils = builds.stream().map(Ran::until).sorted().toList();
        var ends = new ArrayList<Instant>();
        for (int i = 0; i < untils.size(); i++) {
            var until = untils.get(i);
            var half = i + 1 == untils.size()
                    ? LETS_GO
                    : Duration.between(until, untils.get(i + 1)).dividedBy(2);
            ends.add(until.plus(half.compareTo(LETS_GO) < 0 ? half : LETS_GO));
        }
        return ends;
    }

    /** Maps the start of each build to the latest time at which that build, or one that began before it, may have used a record. */
    private static NavigableMap<Instant, Instant> running(Collection<Ran> builds) {
        var running = new TreeMap<Instant, Instant>();
        var latest = Instant.MIN;
        for (var build : builds.stream().sorted(Comparator.comparing(Ran::from)).toList()) {
            var until = build.until().plus(LETS_GO);
            latest = until.isAfter(latest) ? until : latest;
            running.put(build.from(), latest);
        }
        return running;
    }
}
