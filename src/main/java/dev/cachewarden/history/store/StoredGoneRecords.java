package dev.cachewarden.history.store;

import dev.cachewarden.history.GoneRecords;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Gone records in the database. */
@Repository
class StoredGoneRecords implements GoneRecords {

    private static final int MOST = 20;

    private final JdbcTemplate jdbc;

    StoredGoneRecords(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Gone> find(BuilderId builder, String words, Instant after, Instant until) {
        return jdbc.query(
                """
                select record_id, gone_at, gone_run_id from cache_record
                where builder_id = ? and gone_at > ? and gone_at <= ? and position(lower(?) in lower(description)) > 0
                order by gone_at, record_id limit %d""".formatted(MOST),
                (row, number) -> {
                    long run = row.getLong("gone_run_id");
                    return new Gone(row.getString("record_id"), Rows.time(row, "gone_at"), row.wasNull() ? null : run);
                },
                builder.value(),
                Rows.parameter(after),
                Rows.parameter(until),
                words.replace('\0', '\uFFFD'));
    }
}
