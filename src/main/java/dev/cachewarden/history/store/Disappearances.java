package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.UsageHistory.Disappearance;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads deleted records with an unknown cause. */
@Component
class Disappearances {

    // A build creates records for its own use that disappear with it: 83 in one of our builds on engine 28.5. A record
    // that was in use in its last reading can have been neither pruned nor garbage-collected at that time.
    private static final String LOST =
            "r.deletion_cause = 'UNKNOWN' and not r.in_use and " + AlikeSql.noneRemained("r");

    private static final String AFTER = """
            select r.missing_since, count(*) as records, sum(r.size_bytes) as bytes, (
                select max(s.taken_at) from usage_sample s
                where s.builder_id = ? and s.resolution_seconds = 0 and s.taken_at < r.missing_since) as since
            from cache_record r
            where r.builder_id = ? and r.missing_since > coalesce(?, timestamptz '-infinity') and %s
            group by r.missing_since order by r.missing_since""".formatted(LOST);

    private static final String LAST = """
            select b.id, r.missing_since from builder b cross join lateral (
                select missing_since from cache_record where builder_id = b.id and missing_since is not null order by missing_since desc limit 1) r""";

    private static final String MARK = "update cache_record r set deletion_cause = 'EXTERNAL'"
            + " where r.builder_id = ? and r.missing_since = ? and " + LOST;

    private final JdbcTemplate jdbc;

    Disappearances(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    List<Disappearance> after(BuilderId builder, @Nullable Instant after) {
        return jdbc.query(
                AFTER,
                (row, number) -> new Disappearance(
                        Rows.timeOrNull(row, "since"),
                        Rows.time(row, "missing_since"),
                        new Amount(row.getLong("records"), new ByteSize(row.getLong("bytes")))),
                builder.value(),
                builder.value(),
                after == null ? null : Rows.parameter(after));
    }

    Map<BuilderId, Instant> last() {
        var last = new HashMap<BuilderId, Instant>();
        jdbc.query(LAST, row -> {
            last.put(new BuilderId(row.getLong("id")), Rows.time(row, "missing_since"));
        });
        return last;
    }

    void markExternal(BuilderId builder, Instant missingSince) {
        jdbc.update(MARK, builder.value(), Rows.parameter(missingSince));
    }
}
