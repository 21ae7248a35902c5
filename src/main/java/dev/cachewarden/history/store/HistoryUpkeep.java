package dev.cachewarden.history.store;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Rolls up samples to means, and deletes samples and records after their retention. It handles one builder at a time, so that no statement
 * runs long.
 */
@Component
public class HistoryUpkeep {

    /** After this time, readings that were in progress at the end of a span are stored. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** A builder with a backlog is rolled up in parts of one day. */
    private static final Duration AT_A_TIME = Duration.ofDays(1);

    private static final String FIRST_SINCE = """
            select min(taken_at) as first from usage_sample
            where builder_id = ? and resolution_seconds = ? and taken_at >= coalesce(
                (select max(taken_at) from usage_sample where builder_id = ? and resolution_seconds = ?)
                    + make_interval(secs => ?), '-infinity')""";

    private static final String SAMPLES = "select " + Rows.SAMPLE + """
             from usage_sample s where s.builder_id = ? and s.resolution_seconds = ? and s.taken_at >= ? and s.taken_at < ?
            order by s.taken_at""";

    private static final String MEAN = """
            insert into usage_sample (builder_id, resolution_seconds, taken_at, record_count, total_bytes, reclaimable_bytes,
                shared_bytes, in_use_bytes, max_total_bytes, by_type)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict do nothing""";

    // The last reading is kept regardless of its age: it is the latest known state of a host that is down.
    private static final String FORGET_SAMPLES = """
            delete from usage_sample where builder_id = ? and resolution_seconds = ? and taken_at < least(
                ?, (select max(taken_at) from usage_sample where builder_id = ? and resolution_seconds = ?))""";

    private final JdbcTemplate jdbc;
    private final HistorySettings settings;

    HistoryUpkeep(JdbcTemplate jdbc, HistorySettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Stores the means of all spans that have ended and have none yet. */
    public void rollUp(Instant now) {
        for (long builder : builders()) {
            rollUp(builder, Resolution.READING, Resolution.FIVE_MINUTES, now);
            rollUp(builder, Resolution.FIVE_MINUTES, Resolution.HOUR, now);
        }
    }

    private void rollUp(long builder, Resolution from, Resolution to, Instant now) {
        var end = startOfSpan(now.minus(GRACE), to);
        var start = firstNotRolledUp(builder, from, to);
        while (start != null && start.isBefore(end)) {
            var next = start.plus(AT_A_TIME).isBefore(end) ? start.plus(AT_A_TIME) : end;
            storeMeans(builder, samples(builder, from, start, next), to);
            start = next;
        }
    }

    private @Nullable Instant firstNotRolledUp(long builder, Resolution from, Resolution to) {
        var first = jdbc.query(
                FIRST_SINCE,
                (row, number) -> Rows.timeOrNull(row, "first"),
                builder,
                from.seconds(),
                builder,
                to.seconds(),
                to.seconds());
        var time = first.getFirst();
        return time == null ? null : startOfSpan(time, to);
    }

    private static Instant startOfSpan(Instant time, Resolution resolution) {
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), resolution.seconds()) * resolution.seconds());
    }

    private List<UsageSample> samples(long builder, Resolution resolution, Instant start, Instant end) {
        return jdbc.query(
                SAMPLES,
                (row, number) -> Rows.sample(row),
                builder,
                resolution.seconds(),
                Rows.parameter(start),
                Rows.parameter(end));
    }

    private void storeMeans(long builder, List<UsageSample> samples, Resolution to) {
        var spans = new TreeMap<Instant, List<UsageSample>>();
        for (var sample : samples) {
            spans.computeIfAbsent(startOfSpan(sample.takenAt(), to), start -> new ArrayList<>())
                    .add(sample);
        }
        var means = spans.entrySet().stream()
                .map(span -> UsageMeans.of(span.getValue(), span.getKey(), to.span()))
                .map(mean -> row(builder, mean))
                .toList();
        jdbc.batchUpdate(MEAN, means);
    }

    private static Object[] row(long builder, UsageSample mean) {
        var usage = mean.usage();
        return new Object[] {
            builder,
            mean.span().toSeconds(),
            Rows.parameter(mean.takenAt()),
            usage.total().records(),
            usage.total().size().bytes(),
            usage.reclaimable().size().bytes(),
            usage.shared().size().bytes(),
            usage.inUse().size().bytes(),
            mean.highest().bytes(),
            UsageJson.write(usage)
        };
    }

    /** Deletes data after its retention. */
    public void forget(Instant now) {
        for (long builder : builders()) {
            forgetSamples(builder, Resolution.READING, now.minus(settings.keepSamples()));
            forgetSamples(builder, Resolution.FIVE_MINUTES, now.minus(settings.keepFiveMinutes()));
            forgetSamples(builder, Resolution.HOUR, now.minus(settings.keepHours()));
            jdbc.update(
                    "delete from cache_record where builder_id = ? and missing_since < ?",
                    builder,
                    Rows.parameter(now.minus(settings.keepDeletedRecords())));
            jdbc.update(
                    "delete from record_use where builder_id = ? and seen_at < ?",
                    builder,
                    Rows.parameter(now.minus(settings.keepUses())));
        }
    }

    private void forgetSamples(long builder, Resolution resolution, Instant before) {
        jdbc.update(
                FORGET_SAMPLES, builder, resolution.seconds(), Rows.parameter(before), builder, resolution.seconds());
    }

    private List<Long> builders() {
        return jdbc.query("select id from builder order by id", (row, number) -> row.getLong("id"));
    }
}
