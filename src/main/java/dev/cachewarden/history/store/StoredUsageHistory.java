package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Page;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads the {@link UsageHistory} from the database. */
@Component
class StoredUsageHistory implements UsageHistory {

    private static final String LAST_OF_EACH = "select " + Rows.SAMPLE + """
             from builder b cross join lateral (
                select * from usage_sample where builder_id = b.id and resolution_seconds = 0 order by taken_at desc limit 1) s
            """;

    private final JdbcTemplate jdbc;
    private final LastUsages last;
    private final RecordLists lists;
    private final RecordChildren children;
    private final UsageSeries series;
    private final PruneMarks marks;
    private final Disappearances disappearances;

    StoredUsageHistory(
            JdbcTemplate jdbc,
            LastUsages last,
            RecordLists lists,
            RecordChildren children,
            UsageSeries series,
            PruneMarks marks,
            Disappearances disappearances) {
        this.last = last;
        this.disappearances = disappearances;
        this.jdbc = jdbc;
        this.lists = lists;
        this.children = children;
        this.series = series;
        this.marks = marks;
    }

    @Override
    public Map<BuilderId, UsageSample> latest() {
        return last.all();
    }

    @Override
    public Optional<UsageSample> latest(BuilderId builder) {
        return jdbc.query(LAST_OF_EACH + "where b.id = ?", (row, number) -> Rows.sample(row), builder.value()).stream()
                .findFirst();
    }

    @Override
    public List<UsageSample> series(BuilderId builder, Instant from, Instant until, int points) {
        return series.between(builder, from, until, points);
    }

    /** Uses a repeatable read, so that records and time are of one reading even while the next one is being stored. */
    @Override
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Optional<CacheSnapshot> snapshot(BuilderId builder) {
        return latest(builder)
                .map(sample -> new CacheSnapshot(
                        builder,
                        sample.takenAt(),
                        jdbc.query(
                                "select " + RecordColumns.OF_ROW
                                        + " from cache_record r where r.builder_id = ? and r.missing_since is null",
                                (row, number) -> RecordColumns.read(row),
                                builder.value())));
    }

    @Override
    public Map<String, Amount> byDescription(BuilderId builder) {
        var amounts = new HashMap<String, Amount>();
        jdbc.query(
                """
                select description, count(*) records, least(sum(size_bytes), 9223372036854775807) bytes
                from cache_record where builder_id = ? and missing_since is null group by description""",
                (ResultSet row) -> {
                    amounts.put(
                            row.getString("description"),
                            new Amount(row.getLong("records"), new ByteSize(row.getLong("bytes"))));
                },
                builder.value());
        return amounts;
    }

    @Override
    public Page<RecordLife> records(RecordQuery query, @Nullable String after, int limit) {
        return lists.part(query, after, limit);
    }

    @Override
    public List<Integer> childCounts(List<RecordLife> records) {
        return children.of(records);
    }

    @Override
    public CacheUsage sum(RecordQuery query) {
        return lists.sums(List.of(query)).getFirst();
    }

    @Override
    public List<CacheUsage> sums(List<RecordQuery> queries) {
        return lists.sums(queries);
    }

    @Override
    public void forEach(RecordQuery query, Consumer<RecordLife> sink) {
        lists.forEach(query, sink);
    }

    @Override
    public Optional<RecordLife> record(BuilderId builder, String recordId) {
        return jdbc
                .query(
                        "select " + Rows.LIFE + " from cache_record r where r.builder_id = ? and r.record_id = ?",
                        (row, number) -> Rows.life(row),
                        builder.value(),
                        recordId.replace('\0', '\uFFFD'))
                .stream()
                .findFirst();
    }

    @Override
    public List<RecordUse> uses(BuilderId builder, String recordId, int limit) {
        return jdbc.query(
                """
                select seen_at, used_at, usage_count from record_use
                where builder_id = ? and record_id = ? order by seen_at desc limit ?""",
                (row, number) -> new RecordUse(
                        Rows.time(row, "seen_at"), Rows.timeOrNull(row, "used_at"), row.getLong("usage_count")),
                builder.value(),
                recordId.replace('\0', '\uFFFD'),
                limit);
    }

    @Override
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Past past(BuilderId builder, Instant from) {
        var lives = jdbc.query(
                "select " + Rows.LIFE
                        + " from cache_record r where r.builder_id = ? and (r.missing_since is null or r.missing_since > ?)",
                (row, number) -> Rows.life(row),
                builder.value(),
                Rows.parameter(from));
        var uses = new HashMap<String, List<RecordUse>>();
        jdbc.query(
                """
                select record_id, seen_at, used_at, usage_count from record_use
                where builder_id = ? and seen_at >= ? order by seen_at""",
                (ResultSet row) -> {
                    uses.computeIfAbsent(row.getString("record_id"), id -> new ArrayList<>())
                            .add(new RecordUse(
                                    Rows.time(row, "seen_at"),
                                    Rows.timeOrNull(row, "used_at"),
                                    row.getLong("usage_count")));
                },
                builder.value(),
                Rows.parameter(from));
        return new Past(lives, uses);
    }

    @Override
    public void markPruned(BuilderId builder, long runId, Collection<String> recordIds, Instant at) {
        marks.mark(builder, runId, recordIds, at);
    }

    @Override
    public List<Disappearance> disappearances(BuilderId builder, @Nullable Instant after) {
        return disappearances.after(builder, after);
    }

    @Override
    public Map<BuilderId, Instant> lastMissing() {
        return disappearances.last();
    }

    @Override
    public void markExternal(BuilderId builder, Instant missingSince) {
        disappearances.markExternal(builder, missingSince);
    }
}
