package dev.cachewarden.analytics;

import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;

/** The conclusion from past uses of a cache about its size. */
public sealed interface SizeReading {

    record Read(SizeCurve curve) implements SizeReading {}

    /**
     * A trace that is too short for a curve.
     *
     * @param reason description of the missing data, as a sentence
     */
    record InsufficientData(String reason) implements SizeReading {}

    /** The minimum time span of a trace. It covers daily changes, but not weekly patterns. */
    Duration SHORTEST = Duration.ofDays(3);

    int FEWEST_CONTENTS = 20;

    /** The minimum number of reuses. With 100 reuses, a rate of one half is accurate to about ten percentage points. */
    int FEWEST_REUSES = 100;

    /**
     * Computes the curve of a trace. The modeled cache shrinks to its size after the end of each build.
     *
     * @param uses uses of one cache in any order, including the creation of each content
     * @param ends ends of builds in any order; a use at the same moment belongs to the build that ends
     */
    static SizeReading of(Collection<RecordUse> uses, Collection<Instant> ends) {
        return of(uses, ends, Sample.LONGEST);
    }

    /**
     * Computes the curve of a trace.
     *
     * @param longest maximum number of uses; above it, a sample of contents is analyzed
     */
    static SizeReading of(Collection<RecordUse> uses, Collection<Instant> ends, int longest) {
        if (uses.isEmpty()) {
            return new InsufficientData("No uses of cache records are known.");
        }
        var trace = uses.stream().sorted(Comparator.comparing(RecordUse::at)).toList();
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        if (span.compareTo(SHORTEST) < 0) {
            return new InsufficientData(
                    "Recorded uses cover only " + Durations.text(span.truncatedTo(ChronoUnit.SECONDS))
                            + ". The minimum is " + Durations.text(SHORTEST) + ".");
        }
        var contents = new HashSet<String>();
        trace.forEach(use -> contents.add(use.content()));
        int reuses = trace.size() - contents.size();
        if (contents.size() < FEWEST_CONTENTS || reuses < FEWEST_REUSES) {
            return new InsufficientData(String.format(
                    Locale.ROOT,
                    "%,d records were used and reused %,d times. The minimums are %,d records and %,d reuses.",
                    contents.size(),
                    reuses,
                    FEWEST_CONTENTS,
                    FEWEST_REUSES));
        }
        var sample = Sample.of(trace, longest);
        long again = sample.uses().size()
                - sample.uses().stream().map(RecordUse::content).distinct().count();
        if (again == 0) {
            return new InsufficientData(
                    "Cachewarden analyzed a sample of the uses, and no record of the sample was reused.");
        }
        var curve = new SizeCurve(sample, span, ends.stream().sorted().toList());
        return curve.enough().bytes() == 0 ? new InsufficientData("No later build reused a record.") : new Read(curve);
    }
}
