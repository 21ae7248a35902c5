package dev.cachewarden.analytics;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Made-up traces of uses. */
public final class Traces {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    static final Duration SPAN = Duration.ofDays(10);
    private static final long MEBI = 1 << 20;

    private Traces() {}

    /** Few contents are used often, many seldom; popularity falls as one over the rank. */
    public static List<RecordUse> skewed(long seed, int uses, int contents, boolean sameSize) {
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

    /** Every use a build of its own. */
    static List<Instant> each(List<RecordUse> trace) {
        return trace.stream().map(RecordUse::at).toList();
    }

    /** Builds of one to so many uses. */
    public static List<Instant> ends(List<RecordUse> trace, int most) {
        var random = new Random(most);
        List<Instant> ends = new ArrayList<>();
        for (int last = random.nextInt(most); last < trace.size(); last += 1 + random.nextInt(most)) {
            ends.add(trace.get(last).at());
        }
        return ends;
    }

    static RecordUse use(int content, long bytes, int seconds, Instant at) {
        return new RecordUse("content-" + content, new ByteSize(bytes), at, Duration.ofSeconds(seconds));
    }

    static Instant at(int use, int uses) {
        return START.plusMillis(SPAN.toMillis() * use / (uses - 1));
    }

    /**
     * Projects that build as projects do: system packages that hardly change, packages of a language that change now and then, code that
     * changes with most builds and is compiled each time; some have large models. Some build often, most seldom.
     */
    public static List<RecordUse> projects(long seed, int projects, int days) {
        var random = new Random(seed);
        List<RecordUse> trace = new ArrayList<>();
        for (int project = 0; project < projects; project++) {
            double buildsADay = 12.0 / (project + 1) + 0.1;
            project("p" + project, buildsADay, days, random, trace);
        }
        trace.sort(Comparator.comparing(RecordUse::at));
        return trace;
    }

    private static void project(String name, double buildsADay, int days, Random random, List<RecordUse> trace) {
        var steps = List.of(
                step(random, 300, 60, 0.002),
                step(random, 1_500, 400, 0.04),
                step(random, 4_000, 90, 0.005),
                step(random, 20, 1, 0.7),
                step(random, 400, 240, 0));
        boolean models = random.nextInt(3) == 0;
        int[] versions = new int[steps.size()];
        double day = random.nextDouble();
        while (day < days) {
            boolean changed = false;
            for (int i = 0; i < steps.size(); i++) {
                var step = steps.get(i);
                // The models stand upon nothing that changes; the others upon all before them.
                boolean own = random.nextDouble() < step.changes();
                changed |= own && i != 2;
                versions[i] += own || (changed && i != 2) ? 1 : 0;
                if (i != 2 || models) {
                    var at = START.plusMillis((long) (day * 86_400_000) + i);
                    trace.add(new RecordUse(
                            name + "-" + i + "-" + versions[i], step.size(), at, Duration.ofSeconds(step.seconds())));
                }
            }
            day += -Math.log(1 - random.nextDouble()) / buildsADay;
        }
    }

    private record Step(ByteSize size, int seconds, double changes) {}

    private static Step step(Random random, int mebi, int seconds, double changes) {
        double factor = 0.3 + 1.4 * random.nextDouble();
        return new Step(
                new ByteSize((long) (mebi * factor * MEBI)),
                1 + (int) (seconds * (0.3 + 1.4 * random.nextDouble())),
                changes);
    }
}
