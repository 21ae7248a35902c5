package dev.cachewarden.forecast.store;

import dev.cachewarden.forecast.Growth;
import dev.cachewarden.forecast.GrowthHour;
import dev.cachewarden.forecast.Level;
import dev.cachewarden.history.CacheLevels;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Stores the growth of caches by the hour. Each reading counts once, even if two replicas handle it. */
@Repository
class GrowthStore {

    /** Readings are not stored longer by default. */
    private static final Duration FIRST = Duration.ofDays(2);

    private static final String ADD = """
            insert into cache_growth as known (builder_id, hour, grown_bytes, readings, spread)
            values (:builder, :hour, :grown, :readings, :spread)
            on conflict (builder_id, hour) do update set
                grown_bytes = known.grown_bytes + excluded.grown_bytes,
                readings = known.readings + excluded.readings,
                spread = known.spread or excluded.spread""";

    private static final String HOURS = """
            select hour, least(sum(grown_bytes), 9223372036854775807)::bigint as grown_bytes, max(readings) as readings,
                bool_or(spread) as spread
            from cache_growth where builder_id in (:builders) and hour >= :from
            group by hour order by hour""";

    private final JdbcClient jdbc;
    private final CacheLevels levels;

    GrowthStore(JdbcClient jdbc, CacheLevels levels) {
        this.jdbc = jdbc;
        this.levels = levels;
    }

    /** Adds the growth up to a time. */
    @Transactional
    public void advance(BuilderId builder, Instant until) {
        jdbc.sql("insert into cache_growth_progress (builder_id) values (?) on conflict do nothing")
                .param(builder.value())
                .update();
        var last = last(builder);
        var known = new ArrayList<Level>();
        if (last != null) {
            known.add(last);
        }
        levels.between(builder, last == null ? until.minus(FIRST) : last.at(), until)
                .forEach(level -> known.add(new Level(
                        level.at(), level.total().bytes(), level.deleted().bytes())));
        if (known.isEmpty()) {
            return;
        }
        Growth.between(known).forEach(hour -> add(builder, hour));
        jdbc.sql("update cache_growth_progress set read_at = ?, total_bytes = ? where builder_id = ?")
                .params(Columns.time(known.getLast().at()), known.getLast().totalBytes(), builder.value())
                .update();
    }

    /** Returns the last reading that is contained, and locks it, or returns null if there is none. */
    private @Nullable Level last(BuilderId builder) {
        return jdbc
                .sql("select read_at, total_bytes from cache_growth_progress where builder_id = ? for update")
                .param(builder.value())
                .query((row, number) -> {
                    var at = Columns.instantOrNull(row, "read_at");
                    return at == null ? List.<Level>of() : List.of(new Level(at, row.getLong("total_bytes"), 0));
                })
                .single()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private void add(BuilderId builder, GrowthHour hour) {
        jdbc.sql(ADD)
                .param("builder", builder.value())
                .param("hour", Columns.time(hour.hour()))
                .param("grown", hour.grownBytes())
                .param("readings", hour.readings())
                .param("spread", hour.spread())
                .update();
    }

    /** Returns the growth of all these caches together by the hour, oldest first. */
    List<GrowthHour> hours(Collection<BuilderId> builders, Instant from) {
        if (builders.isEmpty()) {
            return List.of();
        }
        return jdbc.sql(HOURS)
                .param("builders", builders.stream().map(BuilderId::value).toList())
                .param("from", Columns.time(from))
                .query((row, number) -> new GrowthHour(
                        Columns.instant(row, "hour"),
                        row.getLong("grown_bytes"),
                        row.getInt("readings"),
                        row.getBoolean("spread")))
                .list();
    }

    void forget(Instant before) {
        jdbc.sql("delete from cache_growth where hour < ?")
                .param(Columns.time(before))
                .update();
    }
}
