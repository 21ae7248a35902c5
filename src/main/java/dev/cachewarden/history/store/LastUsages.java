package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A cache of the last reading of each builder. Readings with the same records have the same sums. The sums are therefore cached by
 * fingerprint, and most need no query after another reading.
 */
@Component
class LastUsages {

    private static final String SOME = "select " + Rows.SAMPLE + """
            , s.fingerprint from builder b cross join lateral (
                select * from usage_sample where builder_id = b.id and resolution_seconds = 0 order by taken_at desc limit 1) s
            where b.id = any (?)""";

    private final JdbcTemplate jdbc;
    private final LastReadings readings;
    private volatile Map<BuilderId, Kept> kept = Map.of();

    LastUsages(JdbcTemplate jdbc, LastReadings readings) {
        this.jdbc = jdbc;
        this.readings = readings;
    }

    private record Kept(UUID fingerprint, CacheUsage usage) {}

    /** Returns the last reading of each builder, in the order of builders. */
    Map<BuilderId, UsageSample> all() {
        var last = readings.lastReadings();
        var before = kept;
        var now = HashMap.<BuilderId, Kept>newHashMap(last.size());
        var found = new TreeMap<BuilderId, UsageSample>(Comparator.comparing(BuilderId::value));
        last.forEach((builder, reading) -> {
            var known = known(before.get(builder), reading);
            if (known != null) {
                now.put(builder, known);
                found.put(builder, sample(builder, reading, known.usage()));
            }
        });
        var missing = last.keySet().stream()
                .filter(builder -> !found.containsKey(builder))
                .map(BuilderId::value)
                .toArray(Long[]::new);
        if (missing.length > 0) {
            read(missing, found, now);
        }
        kept = now;
        return found;
    }

    private static @Nullable Kept known(@Nullable Kept before, Reading reading) {
        return before != null && before.fingerprint().equals(reading.fingerprint()) ? before : null;
    }

    private static UsageSample sample(BuilderId builder, Reading reading, CacheUsage usage) {
        return new UsageSample(
                builder, reading.takenAt(), Duration.ZERO, usage, usage.total().size());
    }

    private void read(Long[] missing, Map<BuilderId, UsageSample> found, Map<BuilderId, Kept> now) {
        jdbc.query(
                SOME,
                row -> {
                    var sample = Rows.sample(row);
                    var fingerprint = row.getObject("fingerprint", UUID.class);
                    found.put(sample.builder(), sample);
                    if (fingerprint != null) {
                        now.put(sample.builder(), new Kept(fingerprint, sample.usage()));
                    }
                },
                (Object) missing);
    }
}
