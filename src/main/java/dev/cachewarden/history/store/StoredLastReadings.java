package dev.cachewarden.history.store;

import dev.cachewarden.history.LastReadings;
import dev.cachewarden.host.BuilderId;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Reads the last reading of each builder from the database with one query. */
@Component
class StoredLastReadings implements LastReadings {

    private static final String LAST = """
            select b.id, s.taken_at, s.fingerprint
            from builder b cross join lateral (
                select taken_at, fingerprint from usage_sample
                where builder_id = b.id and resolution_seconds = 0 order by taken_at desc limit 1) s
            where ? or b.id = any (?)
            order by b.id""";

    private final JdbcTemplate jdbc;

    StoredLastReadings(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<BuilderId, Reading> lastReadings() {
        return lastReadings(true, new Long[0]);
    }

    @Override
    public Map<BuilderId, Reading> lastReadings(Set<BuilderId> builders) {
        return lastReadings(false, builders.stream().map(BuilderId::value).toArray(Long[]::new));
    }

    private Map<BuilderId, Reading> lastReadings(boolean all, Long[] builders) {
        var readings = new LinkedHashMap<BuilderId, Reading>();
        RowCallbackHandler put = row -> readings.put(
                new BuilderId(row.getLong("id")),
                new Reading(
                        row.getObject("taken_at", OffsetDateTime.class).toInstant(),
                        row.getObject("fingerprint", UUID.class)));
        jdbc.query(LAST, put, all, builders);
        return readings;
    }
}
