package dev.cachewarden.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Trace.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forecasts on traces whose future is known. The console shows how good they are. */
class BackTests {

    private static final int HOSTS = 60;
    private static final int QUESTIONS = 3;
    private static final long GIB = 1L << 30;

    private final Forecaster forecaster = new Forecaster(() -> new SplittableRandom(7));

    /** How a forecast compares with what came. */
    private record Answer(double factor, boolean held) {}

    @ParameterizedTest
    @EnumSource
    void medianAndRangeHoldOnSteadyTraces(Kind kind) {
        var answers = new ArrayList<Answer>();
        int asked = 0;
        for (int host = 0; host < HOSTS; host++) {
            var trace = trace(kind, host);
            for (int question = 0; question < QUESTIONS; question++) {
                long free = Math.round(trace.perHour() * 24 * (0.7 + 2.6 * question));
                double came = trace.hoursUntilFull((double) free);
                if (came < 30 * 24) {
                    asked++;
                    if (forecaster.forecast(trace.situation(free)).withoutPruning() instanceof Outlook.Range range) {
                        answers.add(answer(range, came));
                    }
                }
            }
        }

        double median = answers.stream()
                .mapToDouble(Answer::factor)
                .sorted()
                .skip(answers.size() / 2)
                .findFirst()
                .orElseThrow();
        double held = answers.stream().filter(Answer::held).count() / (double) asked;
        System.out.printf(
                "Forecast on %s: median factor %.2f, range held %.0f%%, %d of %d answered%n",
                kind, median, held * 100, answers.size(), asked);
        assertThat(answers).hasSize(asked);
        if (kind.steady()) {
            assertThat(median).as("median factor").isLessThanOrEqualTo(1.25);
            assertThat(held).as("range held").isGreaterThanOrEqualTo(0.8);
        }
    }

    private static Trace trace(Kind kind, int host) {
        var zone = kind == Kind.CLOCK_CHANGE ? ZoneId.of("Europe/Berlin") : ZoneOffset.UTC;
        // The clocks change on March 29 and October 25.
        var start = Instant.parse(
                kind == Kind.CLOCK_CHANGE && host % 2 == 0 ? "2026-10-01T00:00:00Z" : "2026-03-02T00:00:00Z");
        int asked = (kind == Kind.FIRST_WEEK ? 5 : 31) * 24 + host * 7 % 168;
        return new Trace(kind, zone, start, asked, 1000L * kind.seed() + host);
    }

    private static Answer answer(Outlook.Range range, double came) {
        double p50 = hours(Objects.requireNonNull(range.p50()));
        boolean held = hours(range.p5()) <= came + 0.5 && (range.p95() == null || came <= hours(range.p95()) + 0.5);
        return new Answer(Math.max(p50 / came, came / p50), held);
    }

    private static double hours(Duration time) {
        return Math.max(time.toMinutes(), 1) / 60.0;
    }

    /** The free space of a public build server, from an issue about its full disk. Its rate more than doubled in twelve days. */
    @Test
    void recordedTraceOfAServerThatFilledUp() {
        var at = List.of("2026-08-19T12:00:00Z", "2026-08-25T12:00:00Z", "2026-08-29T12:00:00Z");
        var used = List.of(0L, 114 * GIB, 263 * GIB);
        var levels = new ArrayList<Level>();
        for (int reading = 0; reading < at.size(); reading++) {
            levels.add(new Level(Instant.parse(at.get(reading)), used.get(reading), 0));
        }
        var growth = Growth.between(levels).stream()
                .map(hour -> new GrowthHour(hour.hour(), hour.grownBytes(), 1, hour.spread()))
                .toList();
        var now = Instant.parse("2026-08-29T12:00:00Z");
        var space = new DiskSpace(new ByteSize(390 * GIB), new ByteSize(127 * GIB));

        var forecast = forecaster.forecast(new Situation(
                ZoneOffset.UTC,
                growth,
                List.of(),
                new Situation.Now(now, space, 263 * GIB, now, Duration.ofHours(3)),
                null,
                null));

        // Two days later, 41.6 GiB were left: about three days at that rate.
        double came = 127 / ((127 - 41.6) / 2);
        var range = (Outlook.Range) forecast.withoutPruning();
        double p50 = hours(Objects.requireNonNull(range.p50())) / 24;
        System.out.printf("Forecast on the recorded trace: %.1f days, came %.1f days%n", p50, came);
        // The rate more than doubled within the trace, so a forecast from all of it is too late.
        assertThat(p50 / came).isBetween(1.0, 1.75);
        assertThat(Objects.requireNonNull(forecast.basis()).daysWithGaps()).isEqualTo(9);
    }
}
