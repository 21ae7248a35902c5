package dev.cachewarden.build.analysis;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The growth of the build context of a project, if its builds send much more to the builder than before. Typical causes are files that came
 * into the context and that each build sends, such as a folder that {@code .dockerignore} should name. A builder that still has the context
 * of the previous build receives only the difference, so a transfer is not the size of the context. Therefore medians are compared, and a
 * single large transfer does not count as growth.
 *
 * @param before median context transfer of the builds before the growth, in bytes
 * @param buildsBefore number of these builds
 * @param now median context transfer of the builds since the growth, in bytes
 * @param buildsSince number of these builds
 * @param since number of the first build that sent more
 * @param at start time of that build
 */
public record ContextGrowth(long before, int buildsBefore, long now, int buildsSince, long since, Instant at) {

    /** The minimum factor of growth. */
    public static final int TIMES = 2;

    /** The minimum growth in bytes. Without it, one more file could double a small context. */
    public static final ByteSize MORE = new ByteSize(8L << 20);

    /** The number of latest builds whose median must exceed the limit, so most of them must send more. */
    public static final int LATEST = 3;

    /** The minimum number of builds before the growth. */
    public static final int LEAST_BEFORE = 5;

    /** The maximum number of builds in the median before the growth. Older builds are poor evidence of the usual transfer. */
    public static final int MOST_BEFORE = 20;

    /**
     * The context transfer of one build.
     *
     * @param build number of the build
     */
    public record Sent(long build, Instant at, long bytes) {}

    /**
     * Returns the growth of the context in the latest builds, or empty if it did not grow.
     *
     * @param builds successful builds of one project, oldest first
     */
    public static Optional<ContextGrowth> of(List<Sent> builds) {
        int first = builds.size() - LATEST;
        if (first < LEAST_BEFORE || median(builds.subList(first, builds.size())) <= limit(builds, first)) {
            return Optional.empty();
        }
        // If sizes alternate, the usual size grows with them, and in the end no build exceeds it.
        while (first < builds.size() && builds.get(first).bytes() <= limit(builds, first)) {
            first++;
        }
        if (first == builds.size()) {
            return Optional.empty();
        }
        while (first > LEAST_BEFORE && builds.get(first - 1).bytes() > limit(builds, first - 1)) {
            first--;
        }
        var since = builds.subList(first, builds.size());
        var before = before(builds, first);
        return Optional.of(new ContextGrowth(
                median(before),
                before.size(),
                median(since),
                since.size(),
                since.getFirst().build(),
                since.getFirst().at()));
    }

    private static List<Sent> before(List<Sent> builds, int first) {
        return builds.subList(Math.max(0, first - MOST_BEFORE), first);
    }

    /** Returns the limit in bytes above which a build sends more than the builds before it usually did. */
    private static long limit(List<Sent> builds, int first) {
        long usual = median(before(builds, first));
        return Math.max(Math.multiplyExact(Math.min(usual, Long.MAX_VALUE / TIMES), TIMES), usual + MORE.bytes());
    }

    /** Returns the median. For an even count it is the lower one of the two middle values, so that it is a size that was sent. */
    private static long median(List<Sent> some) {
        long[] sorted = some.stream().mapToLong(Sent::bytes).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** Returns a description with the figures, as a sentence. */
    public String text() {
        return "The median context transfer is " + new ByteSize(now) + " since build " + since + " on "
                + LocalDate.ofInstant(at, ZoneOffset.UTC) + " (" + builds(buildsSince) + "), up from "
                + new ByteSize(before)
                + " (" + builds(buildsBefore) + ").";
    }

    private static String builds(int count) {
        return count + (count == 1 ? " build" : " builds");
    }
}
