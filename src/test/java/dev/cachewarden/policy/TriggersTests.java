package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggersTests {

    @ParameterizedTest(name = "{0} {1} cache {3} free {4}")
    @CsvSource(nullValues = "-", textBlock = """
            CACHE,     80GB, 60GB, 80GB, -,     false
            CACHE,     80GB, 60GB, 81GB, -,     true
            CACHE,     10%,  5%,   11GB, 50GB,  true
            CACHE,     10%,  5%,   10GB, 50GB,  false
            CACHE,     10%,  5%,   11GB, -,     false
            FREE_DISK, 10GB, 20GB, 1GB,  9GB,   true
            FREE_DISK, 10GB, 20GB, 1GB,  10GB,  false
            FREE_DISK, 15%,  20%,  1GB,  14GB,  true
            FREE_DISK, 10GB, 20GB, 1GB,  -,     false
            """)
    void beginBeyondTheWatermark(
            Watermark.Of of, String start, String stop, String cache, @Nullable String free, boolean reached) {
        var disk = free == null ? null : new DiskSpace(ByteSize.parse("100GB"), ByteSize.parse(free));

        assertThat(new Watermark(of, Space.parse(start), Space.parse(stop)).reached(ByteSize.parse(cache), disk))
                .isEqualTo(reached);
    }

    @Test
    void stopRulesWithoutALimitAtTheLowOne() {
        var limited = PruneRule.atMost(ByteSize.parse("5GB"));
        var cache = new Watermark(Watermark.Of.CACHE, Space.parse("80GB"), Space.parse("60GB"));
        var disk = new Watermark(Watermark.Of.FREE_DISK, Space.parse("10%"), Space.parse("20%"));
        var old = PruneRule.unusedFor(Duration.ofDays(1));

        assertThat(cache.stopping(List.of(old, limited)))
                .containsExactly(
                        PruneRule.atMost(ByteSize.parse("60GB"))
                                .andUnusedFor(Duration.ofDays(1))
                                .measuring(Measure.WHOLE_CACHE),
                        limited);
        assertThat(disk.stopping(List.of(old)))
                .containsExactly(PruneRule.limited(new Limits(null, Space.parse("20%"), null))
                        .andUnusedFor(Duration.ofDays(1))
                        .measuring(Measure.WHOLE_CACHE));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "22:00-06:00, 2026-01-01T21:00:00Z, true",
        "22:00-06:00, 2026-01-01T20:59:00Z, false",
        "22:00-06:00, 2026-01-01T04:59:00Z, true",
        "22:00-06:00, 2026-01-01T05:00:00Z, false",
        "9:00-17:30,  2026-01-01T16:29:00Z, true",
        "9:00-17:30,  2026-01-01T16:30:00Z, false",
        "9:00-17:30,  2026-07-01T15:30:00Z, false"
    })
    void holdWithinTheWindowByTheClockOnItsWall(String window, Instant time, boolean in) {
        assertThat(DayWindow.parse(window).contains(time, ZoneId.of("Europe/Berlin")))
                .isEqualTo(in);
    }
}
