package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.BuilderId;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores readings as the difference from the last one, each in one short transaction. Publishes {@link UsageSampled}. */
@Component
public class ReadingStore {

    private static final String LOCK = "select id from builder where id = ? for no key update";

    private static final String LAST = """
            select taken_at, fingerprint from usage_sample
            where builder_id = ? and resolution_seconds = 0 order by taken_at desc limit 1""";

    private static final String SAMPLE = """
            insert into usage_sample (builder_id, resolution_seconds, taken_at, record_count, total_bytes, reclaimable_bytes,
                shared_bytes, in_use_bytes, max_total_bytes, by_type, fingerprint, took_millis)
            values (?, 0, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)""";

    private static final String LIVE = "select " + RecordColumns.OF_ROW
            + " from cache_record r where r.builder_id = ? and r.missing_since is null";

    // A record that was deleted and exists again keeps the time when it was first seen.
    private static final String WRITE =
            """
            insert into cache_record (builder_id, %s, first_seen_at, changed_at)
            select ?, %s, ?, ? from %s
            on conflict (builder_id, record_id) do update set %s, changed_at = excluded.changed_at,
                missing_since = null, deletion_cause = null,
                deleted_by_run_id = case when cache_record.missing_since is null then cache_record.deleted_by_run_id end,
                pruned_at = case when cache_record.missing_since is null then cache_record.pruned_at end
            """.formatted(RecordColumns.NAMES, RecordColumns.VALUES, RecordColumns.AS_ROWS, RecordColumns.UPDATES);

    private static final String USED = """
            insert into record_use (builder_id, record_id, seen_at, used_at, usage_count)
            select ?, n.record_id, ?, n.last_used_at, n.usage_count from %s
            """.formatted(RecordColumns.AS_ROWS);

    private static final String MISSING = """
            update cache_record set missing_since = ?,
                deletion_cause = case when deleted_by_run_id is null then 'UNKNOWN' else 'RUN' end
            where builder_id = ? and record_id = any (?) and missing_since is null""";

    // If a later reading still has a record that a run reported as deleted, the run did not delete it. A later deletion
    // then has another cause.
    private static final String FORGET_MARKS = """
            update cache_record set deleted_by_run_id = null, pruned_at = null
            where builder_id = ? and missing_since is null and pruned_at < ?""";

    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher events;

    ReadingStore(JdbcTemplate jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** The result of storing a reading. */
    public enum Outcome {
        /** The reading was stored, and it differs from the previous one. */
        CHANGED,
        /** The reading was stored, and it does not differ from the previous one. */
        UNCHANGED,
        /** The reading was not stored. It has no record in common with the previous one, so it may be from another engine. */
        DOUBTFUL,
        /** The reading was not stored, because there is a later one or the builder was removed. */
        OUTDATED
    }

    /**
     * Stores a reading.
     *
     * @param certain whether the engine is confirmed as the registered one, so that no reading is doubtful
     */
    @Transactional
    public Outcome store(BuilderReading reading, boolean certain) {
        // Two replicas, or a poll and a prune, may store readings of one builder at the same time.
        if (jdbc.queryForList(LOCK, Long.class, reading.builder().value()).isEmpty()) {
            return Outcome.OUTDATED;
        }
        var last = last(reading.builder());
        if (last != null && !reading.takenAt().isAfter(last.takenAt)) {
            return Outcome.OUTDATED;
        }
        boolean changed = last == null || !reading.fingerprint().equals(last.fingerprint);
        if (changed) {
            var diff = CacheDiff.between(live(reading.builder()), reading.records());
            if (diff.nothingInCommon() && !certain) {
                return Outcome.DOUBTFUL;
            }
            // Without a fingerprint of the previous reading, the records decide.
            changed = last == null || last.fingerprint != null || diff.differs();
            write(diff, reading);
        }
        insertSample(reading);
        events.publishEvent(new UsageSampled(reading.host(), reading.builder(), reading.takenAt(), changed));
        return changed ? Outcome.CHANGED : Outcome.UNCHANGED;
    }

    private record Last(Instant takenAt, @Nullable UUID fingerprint) {}

    private @Nullable Last last(BuilderId builder) {
        var found = jdbc.query(
                LAST,
                (row, number) -> new Last(Rows.time(row, "taken_at"), row.getObject("fingerprint", UUID.class)),
                builder.value());
        return found.isEmpty() ? null : found.getFirst();
    }

    private Map<String, CacheRecord> live(BuilderId builder) {
        var records = new HashMap<String, CacheRecord>();
        jdbc.query(
                LIVE,
                (ResultSet row) -> {
                    var record = RecordColumns.read(row);
                    records.put(record.id(), record);
                },
                builder.value());
        return records;
    }

    private void write(CacheDiff diff, BuilderReading reading) {
        long builder = reading.builder().value();
        var takenAt = Rows.parameter(reading.takenAt());
        if (!diff.written().isEmpty()) {
            update(WRITE, diff.written(), builder, takenAt, takenAt);
        }
        if (!diff.used().isEmpty()) {
            update(USED, diff.used(), builder, takenAt);
        }
        if (!diff.gone().isEmpty()) {
            jdbc.update(MISSING, takenAt, builder, diff.gone().toArray(String[]::new));
        }
        jdbc.update(FORGET_MARKS, builder, Rows.parameter(reading.startedAt()));
    }

    /** Executes an update. In the statement, the parameters come first and the records last. */
    private void update(String sql, List<CacheRecord> records, Object... parameters) {
        jdbc.update(sql, statement -> {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            RecordColumns.set(statement, parameters.length + 1, records);
        });
    }

    private void insertSample(BuilderReading reading) {
        var usage = reading.usage();
        long total = usage.total().size().bytes();
        jdbc.update(
                SAMPLE,
                reading.builder().value(),
                Rows.parameter(reading.takenAt()),
                usage.total().records(),
                total,
                usage.reclaimable().size().bytes(),
                usage.shared().size().bytes(),
                usage.inUse().size().bytes(),
                total,
                UsageJson.write(usage),
                reading.fingerprint(),
                Math.min(reading.took().toMillis(), Integer.MAX_VALUE));
    }
}
