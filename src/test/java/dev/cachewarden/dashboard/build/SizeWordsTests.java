package dev.cachewarden.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.analytics.SizeCurve;
import dev.cachewarden.analytics.SizeReading;
import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.dashboard.DashboardParts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeWordsTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final ByteSize MIB = ByteSize.parse("1MiB");

    private final SizeWords words = new SizeWords(DashboardParts.words(START), new BuildWords());

    /** A circle of 10 MiB that is used 910 times, and 20 more things of 1 MiB that come up 90 times, in ten days. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            5MiB  ¦ The hit rate at this size is 0%. The knee at 11.0 MiB would give 90% and save 1 h 30 min per day.
            11MiB ¦ The hit rate at this size is 90%. This size is the knee of the curve.
            30MiB ¦ The hit rate at this size is 97%. The knee at 11.0 MiB would give 90% and cost 7 min more per day.
            1TiB  ¦ The hit rate at this size is 97%. The knee at 11.0 MiB would give 90% and cost 7 min more per day.
            """)
    void aLimitIsHeldAgainstTheKnee(String size, String sentence) {
        assertThat(words.describeResult(limit(ByteSize.parse(size), null), bent(content -> Duration.ofMinutes(1))))
                .isEqualTo(sentence);
    }

    @Test
    void uncertainHitRateIsARange() {
        var small = limit(ByteSize.parse("5MiB"), null);
        var uses = bentUses(content -> Duration.ofMinutes(1)).stream()
                .map(use -> new RecordUse(
                        use.content(),
                        use.size(),
                        use.at(),
                        use.rebuild(),
                        use.content().equals("content-3")))
                .toList();

        assertThat(words.describeResult(small, curve(uses)))
                .isEqualTo("The hit rate at this size is 0%. The knee at 11.0 MiB would give 81 to 90%"
                        + " and save at most 1 h 30 min per day.");
    }

    @Test
    void whatIsKnownOfSomeIsAtLeastThat() {
        var small = limit(ByteSize.parse("5MiB"), null);

        assertThat(words.describeResult(small, bent(content -> content == 3 ? Duration.ofMinutes(1) : null)))
                .endsWith(" and save at least 9 min per day.");
        assertThat(words.describeResult(small, bent(content -> null))).endsWith("The knee at 11.0 MiB would give 90%.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            20MiB ¦ The hit rate at this size is 0%. The curve has no knee: each byte has about the same effect.
            50MiB ¦ The hit rate at this size is 95%. More space would make no difference.
            """)
    void describesACurveWithoutAKnee(String size, String sentence) {
        List<Integer> circle = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            circle.add(i % 50);
        }
        assertThat(words.describeResult(
                        limit(ByteSize.parse(size), null), curve(uses(circle, content -> Duration.ofMinutes(1)))))
                .isEqualTo(sentence);
    }

    @Test
    void whatIsNoSizeIsNotHeldAgainstAnything() {
        assertThat(words.describeResult(limit(null, null), bent(content -> null)))
                .isEqualTo("The resulting cache size is unknown.");
    }

    @Test
    void marksLimitsWithoutAutomaticDeletion() {
        assertThat(words.describeLimit(limit(MIB, null))).isEqualTo("keeps at most so much.");
        assertThat(words.describeLimit(limit(MIB, "it is in report mode")))
                .isEqualTo("keeps at most so much, but it is in report mode.");
    }

    private static CacheLimit limit(@Nullable ByteSize size, @Nullable String idle) {
        return new CacheLimit(null, "keeps at most so much", size, idle);
    }

    private static SizeCurve bent(IntFunction<@Nullable Duration> rebuild) {
        return curve(bentUses(rebuild));
    }

    private static List<RecordUse> bentUses(IntFunction<@Nullable Duration> rebuild) {
        List<Integer> contents = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            contents.add(i % 11 == 10 ? 10 + i / 11 % 20 : i % 11);
        }
        return uses(contents, rebuild);
    }

    /** Over ten days, each use a build of its own. */
    private static List<RecordUse> uses(List<Integer> contents, IntFunction<@Nullable Duration> rebuild) {
        List<RecordUse> trace = new ArrayList<>();
        for (int i = 0; i < contents.size(); i++) {
            int content = contents.get(i);
            var at = START.plus(Duration.ofDays(10).multipliedBy(i).dividedBy(contents.size() - 1));
            trace.add(new RecordUse("content-" + content, MIB, at, rebuild.apply(content)));
        }
        return trace;
    }

    private static SizeCurve curve(List<RecordUse> trace) {
        return ((SizeReading.Read)
                        SizeReading.of(trace, trace.stream().map(RecordUse::at).toList()))
                .curve();
    }
}
