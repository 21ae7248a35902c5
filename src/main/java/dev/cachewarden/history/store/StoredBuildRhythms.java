package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.BuildRhythms;
import dev.cachewarden.host.BuilderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Computes usage patterns from the recorded uses in the database. */
@Component
class StoredBuildRhythms implements BuildRhythms {

    private static final String RHYTHM = """
            with used as (
                select distinct date_trunc('hour', coalesce(used_at, seen_at), 'UTC') as hour, record_id
                from record_use where builder_id = ? and seen_at >= ?),
            hours as (
                select hour, sum(r.size_bytes) filter (where not r.shared) as bytes
                from used join cache_record r on r.builder_id = ? and r.record_id = used.record_id group by hour),
            gaps as (select extract(epoch from hour - lag(hour) over (order by hour)) as seconds from hours)
            select count(*) as hours, max(bytes) as largest,
                (select percentile_cont(0.5) within group (order by seconds) from gaps where seconds is not null) as gap
            from hours""";

    private final JdbcTemplate jdbc;

    StoredBuildRhythms(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<BuildRhythm> of(BuilderId builder, Instant since) {
        var rows = jdbc.query(
                RHYTHM,
                (row, number) -> Optional.ofNullable(rhythm(row)),
                builder.value(),
                since.atOffset(ZoneOffset.UTC),
                builder.value());
        return rows.stream().flatMap(Optional::stream).findFirst();
    }

    private static @Nullable BuildRhythm rhythm(ResultSet row) throws SQLException {
        if (row.getLong("hours") == 0) {
            return null;
        }
        var gap = row.getObject("gap", Double.class);
        return new BuildRhythm(
                new ByteSize(row.getLong("largest")), gap == null ? null : Duration.ofSeconds(Math.round(gap)));
    }
}
