package dev.cachewarden.history.store;

import dev.cachewarden.history.GoneRecords;
import dev.cachewarden.host.BuilderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Repository;

/** Reads deleted records from the database. */
@Repository
class StoredGoneRecords implements GoneRecords {

    // A running step writes to a record of its own. When it ends, its result appears under another id. A record that
    // was in use and never used before it disappeared was therefore never a result.
    private static final String BETWEEN = """
            with gone as materialized (
                select builder_id, record_id, description, parents, size_bytes, gone_at, gone_run_id from cache_record
                where gone_at > ? and gone_at <= ? and not (in_use and usage_count = 0) and builder_id in (
                    select same.id
                    from builder asked join host via on via.id = asked.host_id
                        join host other on other.id = via.id or other.engine_id = via.engine_id
                        join builder same on same.host_id = other.id
                    where asked.id = ?)
                order by gone_at desc, record_id desc limit ?)
            select record_id, description, gone_at, gone_run_id from gone
            where %s
            order by gone_at desc, record_id desc""".formatted(AlikeSql.noneRemained("gone"));

    private final JdbcTemplate jdbc;

    StoredGoneRecords(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Gone> between(BuilderId builder, Instant after, Instant until, int most) {
        var last = new LinkedHashMap<String, Gone>();
        RowCallbackHandler put = row -> last.merge(row.getString("record_id"), gone(row), StoredGoneRecords::known);
        jdbc.query(BETWEEN, put, after.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), builder.value(), most);
        return List.copyOf(last.sequencedValues().reversed());
    }

    private static Gone gone(ResultSet row) throws SQLException {
        return new Gone(
                row.getString("record_id"),
                row.getString("description"),
                row.getObject("gone_at", OffsetDateTime.class).toInstant(),
                row.getObject("gone_run_id", Long.class));
    }

    /** Merges two rows of a record that several hosts of its engine reported. A run marks only the row of the host that it pruned. */
    private static Gone known(Gone one, Gone other) {
        return one.runId() == null && other.runId() != null ? other : one;
    }
}
