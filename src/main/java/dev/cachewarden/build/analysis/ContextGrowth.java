package dev.cachewarden.build.analysis;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * That the builds of a project send much more to their builder than they did: files that came into the context and are sent each time, such
 * as a folder that {@code .dockerignore} should name. What is sent is not the whole context: a builder that has it from the build before is
 * sent the difference. So medians are held against each other, and one large transfer is no growth.
 *
 * @param before median of what builds sent before, in bytes
 * @param buildsBefore how many these are
 * @param now median of what builds sent since, in bytes
 * @param buildsSince how many these are
 * @param since number of the first build that sent more
 * @param at when that started
 */
public record ContextGrowth(long before, int buildsBefore, long now, int buildsSince, long since, Instant at) {

    /** With less than so many times as much it is no growth to speak of. */
    public static final int TIMES = 2;

    /** Nor with less than so much more: small contexts double with one file. */
    public static final ByteSize MORE = new ByteSize(8L << 20);

    /** Of so many of the latest builds most sent more: their median counts. */
    public static final int LATEST = 3;

    /** So many builds at least were before. */
    public static final int LEAST_BEFORE = 5;

    /** Builds further back tell little of what is usual. */
    public static final int MOST_BEFORE = 20;

    /**
     * What a build sent.
     *
     * @param build its number
     */
    public record Sent(long build, Instant at, long bytes) {}

    /**
     * Of the latest builds.
     *
     * @param builds of one project, oldest first; those that ended well
     */
    public static Optional<ContextGrowth> of(List<Sent> builds) {
        int first = builds.size() - LATEST;
        if (first < LEAST_BEFORE || median(builds.subList(first, builds.size())) <= limit(builds, first)) {
            return Optional.empty();
        }
        // Where sizes jump to and fro, what was usual grows along, and in the end none is above it.
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

    /** Above it a build sends more than what was usual before. */
    private static long limit(List<Sent> builds, int first) {
        long usual = median(before(builds, first));
        return Math.max(Math.multiplyExact(Math.min(usual, Long.MAX_VALUE / TIMES), TIMES), usual + MORE.bytes());
    }

    /** Of an even number the lower one of the two in the middle, so that it is something that was sent. */
    private static long median(List<Sent> some) {
        long[] sorted = some.stream().mapToLong(Sent::bytes).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** In words, with the figures. */
    public String text() {
        return "The context grew from " + new ByteSize(before) + " to " + new ByteSize(now) + " since build " + since
                + ", on "
                + LocalDate.ofInstant(at, ZoneOffset.UTC) + ": medians of what " + builds(buildsBefore)
                + " before it sent, and " + builds(buildsSince) + " from it on.";
    }

    private static String builds(int count) {
        return count + (count == 1 ? " build" : " builds");
    }
}
