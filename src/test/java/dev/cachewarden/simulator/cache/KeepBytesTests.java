package dev.cachewarden.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepBytesTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing asked,                    1000, 9000,    0,    0,    0,    0",
        "a maximum,                        1000, 9000, 2000,    0,    0, 2000",
        "a free-space target,              7000, 3000,    0,    0, 5000, 5000",
        "a reserve above the target,       7000, 3000,    0, 6000, 5000, 6000",
        "a maximum below the target,       7000, 3000, 4000, 2000, 5000, 4000",
        "a maximum below what is there,    4000, 2000, 2000,    0,    0, 2000",
        "a target that takes most of it,   4000, 2000,    0,    0, 5000, 1000",
        "a reserve that limits the target, 4000, 2000,    0, 2000, 5000, 2000",
        "a target that takes all,          4000, 2000,    0,    0, 9000,    0",
    })
    void agreesWithBuildKit(
            String name, long total, long free, long maxUsed, long reserved, long minFree, long expected) {
        var options = PruneOptions.everything().limits(reserved, maxUsed, minFree);
        assertThat(KeepBytes.of(total, free, options, true)).isEqualTo(expected);
    }

    @Test
    void aTargetAlreadyMetKeepsEverythingSince021AndNothingBefore() {
        var options = PruneOptions.everything().limits(0, 0, 5000);
        assertThat(KeepBytes.of(7000, 9000, options, true)).isEqualTo(7000);
        assertThat(KeepBytes.of(7000, 9000, options, false)).isZero();
    }
}
