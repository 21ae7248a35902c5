package dev.cachewarden.progress.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Tests {

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T14:56:59Z, 2026-11-20T14:56:59Z",
        "2026-11-20T14:56:59.7Z, 2026-11-20T14:56:59.7Z",
        "2026-11-20T14:56:59.762977411Z, 2026-11-20T14:56:59.762977411Z",
        "2026-11-20T15:56:59.5+01:00, 2026-11-20T14:56:59.5Z",
        "2024-02-29T23:59:59.000000001Z, 2024-02-29T23:59:59.000000001Z",
    })
    void timesAsGoWritesThem(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "now",
                "2026-11-20",
                "2026-11-20T14:56:59",
                "2026-13-20T14:56:59Z",
                "2026-02-29T14:56:59Z",
                "2026-11-20T24:56:59Z",
                "2026-11-20T14:56:59.Z",
                "2026-11-20T14:56:59.1234567890Z",
                "2026-11-20T14:56:5xZ",
                "0001-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsNone(String text) {
        assertThat(Rfc3339.parse(text)).isNull();
    }

    @Test
    void anyTimeIsReadAsTheJdkReadsIt() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(Rfc3339.parse(time.toString())).isEqualTo(time);
        }
    }
}
