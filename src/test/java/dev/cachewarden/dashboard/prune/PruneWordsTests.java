package dev.cachewarden.dashboard.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.RuleWords;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruneWordsTests {

    @Test
    void describesARule() {
        assertThat(RuleWords.of(PruneRule.unusedFor(Duration.ofDays(14))))
                .isEqualTo("All except internal and frontend: unused for 14 d");
        assertThat(RuleWords.of(PruneRule.unusedFor(Duration.ZERO).ofTypes(RecordType.REGULAR)))
                .isEqualTo("regular: everything");
        assertThat(RuleWords.of(PruneRule.atMost(ByteSize.parse("200GiB"))
                        .andUnusedFor(Duration.ofDays(1))
                        .andReservedSpace(ByteSize.parse("20GiB"))))
                .isEqualTo(
                        "All except internal and frontend: least recently used above 200.0 GiB (214,748,364,800 bytes), if unused for 1 d,"
                                + " keeping at least 20.0 GiB (21,474,836,480 bytes)");
        assertThat(RuleWords.of(PruneRule.reservedSpace(ByteSize.parse("20GiB"))))
                .isEqualTo(
                        "All except internal and frontend: least recently used, keeping at least 20.0 GiB (21,474,836,480 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20GiB", "20GB", "512MiB", "1537", "0", "35861147648"})
    void writesASizeSoThatItReadsBackAsTheSame(String text) {
        var size = ByteSize.parse(text);

        assertThat(ByteSize.parse(FormValues.size(size))).isEqualTo(size);
        assertThat(FormValues.size(size).length()).isLessThanOrEqualTo(text.length());
    }
}
