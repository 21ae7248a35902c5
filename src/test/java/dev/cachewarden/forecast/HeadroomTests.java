package dev.cachewarden.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadroomTests {

    private static final Duration WITHIN = Duration.ofHours(12);

    private static DiskSpace space(long free) {
        return new DiskSpace(new ByteSize(100), new ByteSize(free));
    }

    @ParameterizedTest(name = "{0}% free, full in {1} hours: {2}")
    @CsvSource(nullValues = "-", textBlock = """
            14,  - , WARN
            15,  - , OK
            39, 11 , WARN
            39, 12 , OK
            40, 11 , OK
            """)
    void warnsIfLittleIsFreeOrTheDiskIsSoonFull(long free, @Nullable Integer hours, Headroom.State state) {
        var outlook = hours == null
                ? null
                : new Outlook.Range(Duration.ofHours(1), Duration.ofHours(hours), Duration.ofHours(90));

        assertThat(Headroom.of(space(free), new ByteSize(15), outlook, WITHIN).state())
                .isEqualTo(state);
    }

    @Test
    void unknownDiskIsNeverOk() {
        assertThat(Headroom.of(null, new ByteSize(15), new Outlook.NotWithin(Outlook.FAR), WITHIN))
                .isEqualTo(new Headroom(Headroom.State.UNKNOWN, new ByteSize(15), "The free disk space is unknown."));
        assertThat(Headroom.of(null, null, null, WITHIN).state()).isEqualTo(Headroom.State.UNKNOWN);
    }

    @Test
    void textContainsTheForecastOrWhyThereIsNone() {
        assertThat(Headroom.of(space(50), new ByteSize(15), new Outlook.Range(Duration.ofHours(70), null, null), WITHIN)
                        .text())
                .isEqualTo("50 B of 100 B is free. Usually full in 3 days or more.");
    }
}
