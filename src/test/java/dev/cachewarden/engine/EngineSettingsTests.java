package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class EngineSettingsTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final DataSize SIZE = DataSize.ofMegabytes(1);

    @Test
    void limitsMustBePositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(SECOND, Duration.ZERO, SECOND, SECOND, SIZE, Limits.DEFAULT))
                .withMessage("cachewarden.engine.call-timeout is PT0S; it must be more than zero and at most 7 days");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EngineSettings(SECOND, SECOND, SECOND, SECOND, DataSize.ofBytes(0), Limits.DEFAULT))
                .withMessage("cachewarden.engine.max-answer-size must be more than zero");
    }

    @Test
    void limitsOfAnswersMustBeBetweenBounds() {
        var source = new MapConfigurationPropertySource(Map.of("max-id-length", "129"));
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> new Binder(source).bind("", EngineLimits.class))
                .havingRootCause()
                .withMessage("cachewarden.engine.limits.max-id-length is 129; it must be between 1 and 128");
    }

    @Test
    void limitsMustEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EngineSettings(SECOND, SECOND, Duration.ofDays(8), SECOND, SIZE, Limits.DEFAULT))
                .withMessage(
                        "cachewarden.engine.prune-timeout is PT192H; it must be more than zero and at most 7 days");
    }
}
