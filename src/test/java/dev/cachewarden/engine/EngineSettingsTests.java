package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class EngineSettingsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final DataSize SIZE = DataSize.ofMegabytes(1);

    @Test
    void limitsMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(SECOND, Duration.ZERO, SECOND, SECOND, SIZE))
                .withMessage("cachewarden.engine.call-timeout is PT0S; it must be more than zero and at most 7 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(SECOND, SECOND, SECOND, SECOND, DataSize.ofBytes(0)))
                .withMessage("cachewarden.engine.max-answer-size must be more than zero");
    }

    @Test
    void limitsMustEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(SECOND, SECOND, Duration.ofDays(8), SECOND, SIZE))
                .withMessage(
                        "cachewarden.engine.prune-timeout is PT192H; it must be more than zero and at most 7 days");
    }
}
