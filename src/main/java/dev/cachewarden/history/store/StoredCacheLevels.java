package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.CacheLevels;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads the {@link CacheLevels} from the database. */
@Component
class StoredCacheLevels implements CacheLevels {

    private static final String BETWEEN = """
            select s.taken_at, s.total_bytes, coalesce(deleted.bytes, 0) as deleted_bytes
            from usage_sample s left join (
                select missing_since, least(sum(size_bytes), 9223372036854775807)::bigint as bytes from cache_record
                where builder_id = ? and missing_since > ? and missing_since <= ? and deletion_cause in ('RUN', 'EXTERNAL')
                group by missing_since) deleted on deleted.missing_since = s.taken_at
            where s.builder_id = ? and s.resolution_seconds = 0 and s.taken_at > ? and s.taken_at <= ?
            order by s.taken_at""";

    private final JdbcTemplate jdbc;

    StoredCacheLevels(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CacheLevel> between(BuilderId builder, Instant after, Instant until) {
        var from = Rows.parameter(after);
        var to = Rows.parameter(until);
        return jdbc.query(
                BETWEEN,
                (row, number) -> new CacheLevel(
                        Rows.time(row, "taken_at"),
                        new ByteSize(row.getLong("total_bytes")),
                        new ByteSize(row.getLong("deleted_bytes"))),
                builder.value(),
                from,
                to,
                builder.value(),
                from,
                to);
    }
}
