package dev.cachewarden.history.store;

import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Combines readings and means to usage over time. */
@Component
class UsageSeries {

    private static final String SAMPLES = "select " + Rows.SAMPLE + """
             from usage_sample s where s.builder_id = ? and s.resolution_seconds = ? and s.taken_at >= ? and s.taken_at < ?
            order by s.taken_at""";

    private final JdbcTemplate jdbc;

    UsageSeries(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<UsageSample> between(BuilderId builder, Instant from, Instant until, int points) {
        if (!from.isBefore(until) || points < 1) {
            return List.of();
        }
        var spacing = Duration.between(from, until).dividedBy(points);
        var fitting = Resolution.fitting(spacing);
        var samples = new ArrayList<>(read(builder, fitting, from, until));
        // Finer samples have a shorter retention, so only coarser ones may cover the past.
        for (var coarser : fitting.coarser()) {
            var known = samples.isEmpty() ? until : samples.getFirst().takenAt();
            samples.addAll(0, read(builder, coarser, from, known.minus(coarser.span())));
        }
        // The last span has not ended yet, so only finer samples cover it.
        for (var finer : fitting.finer()) {
            var known = samples.isEmpty() ? from : end(samples.getLast());
            samples.addAll(read(builder, finer, known.isBefore(from) ? from : known, until));
        }
        samples.sort(Comparator.comparing(UsageSample::takenAt));
        return UsageMeans.thinOut(samples, from, spacing, points);
    }

    private static Instant end(UsageSample sample) {
        return sample.span().isZero()
                ? sample.takenAt().plusNanos(1_000)
                : sample.takenAt().plus(sample.span());
    }

    private List<UsageSample> read(BuilderId builder, Resolution resolution, Instant from, Instant until) {
        if (!from.isBefore(until)) {
            return List.of();
        }
        return jdbc.query(
                SAMPLES,
                (row, number) -> Rows.sample(row),
                builder.value(),
                resolution.seconds(),
                Rows.parameter(from),
                Rows.parameter(until));
    }
}
