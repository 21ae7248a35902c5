package dev.cachewarden.build.analysis.size;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When builds ended that used a cache: as they are known, and else where for some time nothing was used. Builds that nobody told of, and
 * that use something all the time, count as one.
 */
public final class BuildEnds {

    /** Builds let go of what they used just after they ended. */
    private static final Duration LETS_GO = Duration.ofSeconds(5);

    /** A step that takes longer has its build count as two where the build is not known: then the curve asks for rather more room. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private BuildEnds() {}

    /** A build that is known. */
    public record Ran(Instant from, Instant until) {}

    /**
     * Those of which what was used by then had been let go.
     *
     * @param builds in any order, also at the same time
     * @param uses in any order
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

    /** Where the next build ends sooner than this one surely has let go, in the middle: each lets go after its own end. */
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

    /** By when a build began until when it, or one that began before it, may have used something. */
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
