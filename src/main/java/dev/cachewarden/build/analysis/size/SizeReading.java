package dev.cachewarden.build.analysis.size;

import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Locale;

/** What past uses of a cache tell about its size. */
public sealed interface SizeReading {

    record Read(SizeCurve curve) implements SizeReading {}

    /** @param reason what is lacking, as a sentence */
    record TooThin(String reason) implements SizeReading {}

    /** Weekly rhythms do not show in less, but changes of a day do. */
    Duration SHORTEST = Duration.ofDays(3);

    int FEWEST_CONTENTS = 20;

    /** With a hundred a share of one half is known to about ten points. */
    int FEWEST_REUSES = 100;

    /**
     * Of a trace, in any order.
     *
     * @param uses those of one cache, with the first of each content, which made it
     * @param ends when builds ended, after which the cache is cut back to its size, in any order; what is used at that moment is used by
     *     the build that ends
     */
    static SizeReading of(Collection<RecordUse> uses, Collection<Instant> ends) {
        return of(uses, ends, Sample.LONGEST);
    }

    /** @param longest with more uses than these a sample of contents has to do */
    static SizeReading of(Collection<RecordUse> uses, Collection<Instant> ends, int longest) {
        if (uses.isEmpty()) {
            return new TooThin("No use of a cache record is known.");
        }
        var trace = uses.stream().sorted(Comparator.comparing(RecordUse::at)).toList();
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        if (span.compareTo(SHORTEST) < 0) {
            return new TooThin("Uses are known of " + Durations.format(span.truncatedTo(ChronoUnit.SECONDS))
                    + " only; it takes " + Durations.format(SHORTEST) + ".");
        }
        var contents = new HashSet<String>();
        trace.forEach(use -> contents.add(use.content()));
        int reuses = trace.size() - contents.size();
        if (contents.size() < FEWEST_CONTENTS || reuses < FEWEST_REUSES) {
            return new TooThin(String.format(
                    Locale.ROOT,
                    "%,d records were used, %,d times again; it takes %,d and %,d.",
                    contents.size(),
                    reuses,
                    FEWEST_CONTENTS,
                    FEWEST_REUSES));
        }
        var sample = Sample.of(trace, longest);
        long again = sample.uses().size()
                - sample.uses().stream().map(RecordUse::content).distinct().count();
        if (again == 0) {
            return new TooThin("Of so many uses only a sample is looked at, and none of it was used again.");
        }
        var curve = new SizeCurve(sample, span, ends.stream().sorted().toList());
        return curve.enough().bytes() == 0 ? new TooThin("Nothing was used again by a later build.") : new Read(curve);
    }
}
