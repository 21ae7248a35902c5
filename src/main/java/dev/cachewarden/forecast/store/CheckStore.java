package dev.cachewarden.forecast.store;

import dev.cachewarden.forecast.Check;
import dev.cachewarden.forecast.Check.Outcome;
import dev.cachewarden.forecast.DiskLevel;
import dev.cachewarden.forecast.GrowthHour;
import dev.cachewarden.host.HostId;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps one forecast of each day, and stores whether it held. */
@Repository
class CheckStore {

    /** A forecast is kept if the last kept one is at least this old. */
    private static final Duration APART = Duration.ofHours(23);

    private final JdbcClient jdbc;

    CheckStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void keep(HostId host, Check check) {
        jdbc.sql("""
                insert into disk_forecast_check (host_id, made_at, free_bytes, rest_bytes, p5_seconds, p95_seconds)
                select :host, :madeAt, :free, :rest, :p5, :p95 where not exists (
                    select from disk_forecast_check where host_id = :host and made_at > :since)
                on conflict do nothing""")
                .param("host", host.value())
                .param("madeAt", Columns.time(check.madeAt()))
                .param("free", check.freeBytes())
                .param("rest", check.restBytes())
                .param("p5", check.p5().toSeconds())
                .param("p95", check.p95() == null ? null : check.p95().toSeconds(), Types.BIGINT)
                .param("since", Columns.time(check.madeAt().minus(APART)))
                .update();
    }

    /** Stores the outcome of each open forecast that has one by now. */
    void settle(HostId host, List<GrowthHour> growth, List<DiskLevel> disk) {
        for (var check : open(host)) {
            var outcome = check.outcome(growth, disk);
            if (outcome != null) {
                settle(host, check, outcome);
            }
        }
    }

    private List<Check> open(HostId host) {
        return jdbc.sql("""
                select made_at, free_bytes, rest_bytes, p5_seconds, p95_seconds from disk_forecast_check
                where host_id = ? and outcome is null order by made_at""")
                .param(host.value())
                .query((row, number) -> check(row))
                .list();
    }

    private static Check check(ResultSet row) throws SQLException {
        var p95 = Columns.longOrNull(row, "p95_seconds");
        return new Check(
                Columns.instant(row, "made_at"),
                row.getLong("free_bytes"),
                row.getLong("rest_bytes"),
                Duration.ofSeconds(row.getLong("p5_seconds")),
                p95 == null ? null : Duration.ofSeconds(p95));
    }

    private void settle(HostId host, Check check, Outcome outcome) {
        jdbc.sql("update disk_forecast_check set outcome = ? where host_id = ? and made_at = ?")
                .params(outcome.name(), host.value(), Columns.time(check.madeAt()))
                .update();
    }

    void forget(Instant before) {
        jdbc.sql("delete from disk_forecast_check where made_at < ?")
                .param(Columns.time(before))
                .update();
    }
}
