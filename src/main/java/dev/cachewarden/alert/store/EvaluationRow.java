package dev.cachewarden.alert.store;

import dev.cachewarden.alert.QuietHours;
import dev.cachewarden.policy.DayWindow;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The row with the time of the last evaluation and the quiet hours. Its lock lets only one replica evaluate at a time. */
@Repository
class EvaluationRow {

    private static final String CREATE = "insert into alert_evaluation default values on conflict do nothing";

    private final JdbcClient jdbc;

    EvaluationRow(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The content of the row.
     *
     * @param evaluatedAt the last evaluation, or null before the first one
     */
    record Content(@Nullable Instant evaluatedAt, QuietHours quiet) {}

    /** Locks the row until the end of the transaction, or returns empty if another replica holds the lock. */
    Optional<Content> lock() {
        jdbc.sql(CREATE).update();
        return jdbc.sql("select * from alert_evaluation for update skip locked")
                .query(EvaluationRow::content)
                .optional();
    }

    Optional<Content> read() {
        return jdbc.sql("select * from alert_evaluation")
                .query(EvaluationRow::content)
                .optional();
    }

    void evaluated(Instant now) {
        jdbc.sql("update alert_evaluation set evaluated_at = ?")
                .param(Columns.time(now))
                .update();
    }

    void quiet(QuietHours hours) {
        jdbc.sql(CREATE).update();
        jdbc.sql("update alert_evaluation set quiet_hours = :window, quiet_zone = :zone")
                .param("window", hours.window() == null ? null : hours.window().toString(), Types.VARCHAR)
                .param("zone", hours.timeZone().getId())
                .update();
    }

    private static Content content(ResultSet row, int number) throws SQLException {
        var window = row.getString("quiet_hours");
        return new Content(
                Columns.instantOrNull(row, "evaluated_at"),
                new QuietHours(
                        window == null ? null : DayWindow.parse(window), ZoneId.of(row.getString("quiet_zone"))));
    }
}
