package dev.cachewarden.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.ByteSize;
import org.junit.jupiter.api.Test;

class LimitPerRunTests {

    private static final ByteSize CACHE = new ByteSize(1_050);

    @Test
    void comeToTheLowerOfBothBounds() {
        assertThat(new LimitPerRun(new ByteSize(300), 20).in(CACHE)).isEqualTo(new ByteSize(210));
        assertThat(new LimitPerRun(new ByteSize(100), 20).in(CACHE)).isEqualTo(new ByteSize(100));
        assertThat(LimitPerRun.ofBytes(new ByteSize(5_000)).in(CACHE)).isEqualTo(new ByteSize(5_000));
        assertThat(LimitPerRun.ofShare(100).in(CACHE)).isEqualTo(CACHE);
    }

    @Test
    void takeAShareOfTheLargestSizeWithoutOverflow() {
        assertThat(LimitPerRun.ofShare(100).in(new ByteSize(Long.MAX_VALUE)).bytes())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refuseToBeNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LimitPerRun(null, null))
                .withMessage("A limit per run needs bytes or a share of the cache");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LimitPerRun.ofShare(0))
                .withMessage("The share of the cache must be from 1 to 100 percent, not 0");
    }

    @Test
    void readAsWords() {
        assertThat(LimitPerRun.ofBytes(new ByteSize(20L << 30))).hasToString("20.0 GiB");
        assertThat(LimitPerRun.ofShare(20)).hasToString("20% of the cache");
        assertThat(new LimitPerRun(new ByteSize(20L << 30), 20)).hasToString("20.0 GiB and 20% of the cache");
    }
}
