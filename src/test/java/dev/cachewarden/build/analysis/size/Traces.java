package dev.cachewarden.build.analysis.size;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Made-up traces of uses. */
final class Traces {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Duration SPAN = Duration.ofDays(10);
    private static final long MEBI = 1 << 20;

    private Traces() {}

    /** Few contents are used often, many seldom; popularity falls as one over the rank. */
    static List<RecordUse> skewed(long seed, int uses, int contents, boolean sameSize) {
        var random = new Random(seed);
        double[] until = new double[contents];
        double sum = 0;
        for (int i = 0; i < contents; i++) {
            sum += 1.0 / (i + 1);
            until[i] = sum;
        }
        long[] sizes = random.longs(contents, 1, 500)
                .map(size -> sameSize ? MEBI : size * MEBI)
                .toArray();
        int[] seconds = random.ints(contents, 1, 300).toArray();
        List<RecordUse> trace = new ArrayList<>(uses);
        for (int i = 0; i < uses; i++) {
            int found = Arrays.binarySearch(until, random.nextDouble() * sum);
            int content = found < 0 ? -found - 1 : found;
            trace.add(use(content, sizes[content], seconds[content], at(i, uses)));
        }
        return trace;
    }

    static RecordUse use(int content, long bytes, int seconds, Instant at) {
        return new RecordUse("content-" + content, new ByteSize(bytes), at, Duration.ofSeconds(seconds));
    }

    static Instant at(int use, int uses) {
        return START.plusMillis(SPAN.toMillis() * use / (uses - 1));
    }
}
