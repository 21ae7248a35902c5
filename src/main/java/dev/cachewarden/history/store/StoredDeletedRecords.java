package dev.cachewarden.history.store;

import dev.cachewarden.history.DeletedRecords;
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
class StoredDeletedRecords implements DeletedRecords {

    // A running step writes to a record of its own. When it ends, its result appears under another id. A record that
    // was in use and never used before it disappeared was therefore never a result.
    private static final String BETWEEN = """
            with deleted as materialized (
                select builder_id, record_id, description, parents, size_bytes, missing_since, deleted_by_run_id from cache_record
                where missing_since > ? and missing_since <= ? and not (in_use and usage_count = 0) and builder_id in (
                    select same.id
                    from builder asked join host via on via.id = asked.host_id
                        join host other on other.id = via.id or other.engine_id = via.engine_id
                        join builder same on same.host_id = other.id
                    where asked.id = ?)
                order by missing_since desc, record_id desc limit ?)
            select record_id, description, missing_since, deleted_by_run_id from deleted
            where %s
            order by missing_since desc, record_id desc""".formatted(AlikeSql.noneRemained("deleted"));

    private final JdbcTemplate jdbc;

    StoredDeletedRecords(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<DeletedRecord> between(BuilderId builder, Instant after, Instant until, int most) {
        var last = new LinkedHashMap<String, DeletedRecord>();
        RowCallbackHandler put =
                row -> last.merge(row.getString("record_id"), deleted(row), StoredDeletedRecords::known);
        jdbc.query(BETWEEN, put, after.atOffset(ZoneOffset.UTC), until.atOffset(ZoneOffset.UTC), builder.value(), most);
        return List.copyOf(last.sequencedValues().reversed());
    }

    private static DeletedRecord deleted(ResultSet row) throws SQLException {
        return new DeletedRecord(
                row.getString("record_id"),
                row.getString("description"),
                row.getObject("missing_since", OffsetDateTime.class).toInstant(),
                row.getObject("deleted_by_run_id", Long.class));
    }

    /** Merges two rows of a record that several hosts of its engine reported. A run marks only the row of the host that it pruned. */
    private static DeletedRecord known(DeletedRecord one, DeletedRecord other) {
        return one.runId() == null && other.runId() != null ? other : one;
    }
}
