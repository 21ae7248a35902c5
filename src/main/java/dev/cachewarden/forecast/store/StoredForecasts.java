package dev.cachewarden.forecast.store;

import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.forecast.TrackRecord;
import dev.cachewarden.host.HostId;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores the last forecast of each host. A forecast that was not renewed in time has a reason instead of a range. */
@Repository
class StoredForecasts implements Forecasts {

    private static final Duration VALID = Duration.ofHours(3);

    private static final String SELECT =
            "select host_id, made_at, total_bytes, free_bytes, forecast from disk_forecast";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    StoredForecasts(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<DiskForecast> latest(HostId host) {
        var now = clock.instant();
        return jdbc.sql(SELECT + " where host_id = ?")
                .param(host.value())
                .query((row, number) -> forecast(row, now))
                .optional();
    }

    @Override
    public Map<HostId, DiskForecast> latest() {
        var now = clock.instant();
        var all = new HashMap<HostId, DiskForecast>();
        jdbc.sql(SELECT).query(row -> {
            all.put(new HostId(row.getLong("host_id")), forecast(row, now));
        });
        return all;
    }

    @Override
    public TrackRecord trackRecord(HostId host) {
        return jdbc.sql("""
                select count(*) as checked, count(*) filter (where outcome = 'HELD') as held from (
                    select outcome from disk_forecast_check where host_id = ? and outcome is not null
                    order by made_at desc limit ?) last""")
                .params(host.value(), TrackRecord.MOST)
                .query((row, number) -> new TrackRecord(row.getInt("checked"), row.getInt("held")))
                .single();
    }

    /** Returns when each host had its last forecast. */
    Map<HostId, Instant> times() {
        var times = new HashMap<HostId, Instant>();
        jdbc.sql("select host_id, made_at from disk_forecast").query(row -> {
            times.put(new HostId(row.getLong("host_id")), Columns.instant(row, "made_at"));
        });
        return times;
    }

    void save(HostId host, DiskForecast forecast) {
        var space = forecast.space();
        jdbc.sql("""
                insert into disk_forecast (host_id, made_at, total_bytes, free_bytes, forecast) values (?, ?, ?, ?, ?::jsonb)
                on conflict (host_id) do update set made_at = excluded.made_at, total_bytes = excluded.total_bytes,
                    free_bytes = excluded.free_bytes, forecast = excluded.forecast""")
                .param(host.value())
                .param(Columns.time(forecast.madeAt()))
                .param(space == null ? null : space.total().bytes())
                .param(space == null ? null : space.free().bytes())
                .param(ForecastJson.write(forecast))
                .update();
    }

    private static DiskForecast forecast(ResultSet row, Instant now) throws SQLException {
        var madeAt = Columns.instant(row, "made_at");
        var space = space(row);
        var age = Duration.between(madeAt, now);
        if (age.compareTo(VALID) > 0) {
            return new DiskForecast(
                    madeAt,
                    space,
                    null,
                    new Outlook.None(
                            Outlook.Reason.STALE, "No forecast: the last one is " + ForecastText.about(age) + " old."),
                    null,
                    null,
                    null);
        }
        return ForecastJson.read(Objects.requireNonNull(row.getString("forecast")), madeAt, space);
    }

    private static @Nullable DiskSpace space(ResultSet row) throws SQLException {
        var total = Columns.sizeOrNull(row, "total_bytes");
        var free = Columns.sizeOrNull(row, "free_bytes");
        return total == null || free == null ? null : new DiskSpace(total, free);
    }
}
