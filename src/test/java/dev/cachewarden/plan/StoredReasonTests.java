package dev.cachewarden.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.planner.Reason;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredReasonTests {

    private static final ByteSize LIMIT = new ByteSize(200L << 30);
    private static final ByteSize USED = new ByteSize((200L << 30) + 1);

    @ParameterizedTest
    @MethodSource
    void readsWhatItWrote(Reason.Taken reason) {
        assertThat(StoredReason.read(reason.rule(), StoredReason.write(reason))).isEqualTo(reason);
    }

    static Stream<Reason.Taken> readsWhatItWrote() {
        return Stream.of(
                new Reason.Unused(1, Duration.ofDays(14), Duration.ofSeconds(1_209_601, 123_456_789)),
                new Reason.Unused(2, Duration.ZERO, null),
                new Reason.AboveMaxUsedSpace(3, LIMIT, USED),
                new Reason.AboveReservedSpace(4, LIMIT, USED),
                new Reason.BelowMinFreeSpace(5, LIMIT, USED),
                new Reason.LowestRank(6, LIMIT, new ByteSize(Long.MAX_VALUE)),
                new Reason.CheapestToRebuild(new Reason.AboveMaxUsedSpace(7, LIMIT, USED), Duration.ofMillis(2_400)),
                new Reason.CheapestToRebuild(new Reason.AboveReservedSpace(8, LIMIT, USED), null),
                new Reason.CheapestToRebuild(new Reason.BelowMinFreeSpace(9, LIMIT, USED), Duration.ZERO));
    }

    @Test
    void containsOnlyTheValuesOfItsText() {
        assertThat(StoredReason.write(new Reason.AboveMaxUsedSpace(3, LIMIT, USED)))
                .isEqualTo("{\"code\":\"ABOVE_MAX_USED_SPACE\",\"limit\":214748364800,\"used\":214748364801}");
        assertThat(StoredReason.write(new Reason.Unused(1, Duration.ofDays(14), Duration.ofDays(21))))
                .isEqualTo("{\"code\":\"UNUSED\",\"required\":\"PT336H\",\"unused\":\"PT504H\"}");
    }

    @Test
    void rejectsAnUnknownCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredReason.read(1, "{\"code\":\"NEW\",\"limit\":1,\"used\":2}"))
                .withMessage("Unknown reason for a deletion: NEW");
    }
}
