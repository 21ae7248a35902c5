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

    private final JdbcTemplate jdbc;

    StoredGoneRecords(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Gone> between(BuilderId builder, Instant after, Instant until, int most) {
        return jdbc.query(
                        """
                select record_id, description, gone_at, gone_run_id from cache_record
                where builder_id = ? and gone_at > ? and gone_at <= ?
                order by gone_at desc, record_id desc limit ?""",
                        (row, number) -> {
                            long run = row.getLong("gone_run_id");
                            boolean noRun = row.wasNull();
                            return new Gone(
                                    row.getString("record_id"),
                                    row.getString("description"),
                                    Rows.time(row, "gone_at"),
                                    noRun ? null : run);
                        },
                        builder.value(),
                        Rows.parameter(after),
                        Rows.parameter(until),
                        most)
                .reversed();
    }
}
