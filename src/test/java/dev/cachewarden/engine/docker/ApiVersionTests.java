package dev.cachewarden.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.engine.Failures;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiVersionTests {

    private static final Failures FAILURES = new Failures(
            new HostConnection("ci-1", HostKind.DOCKER_ENGINE, HostAddress.parse("tcp://localhost:2375", null)));

    @ParameterizedTest
    @CsvSource({
        "19.03.15, 1.40, 1.12, 1.40",
        "20.10.24, 1.41, 1.12, 1.41",
        "24.0.9, 1.43, 1.12, 1.43",
        "25.0.0, 1.44, 1.24, 1.44",
        "29.1.0, 1.52, 1.44, 1.52",
        "29.7.2, 1.55, 1.40, 1.55",
        "30.1.0, 1.61, 1.44, 1.55",
    })
    void takesTheNewestThatBothSpeak(String engine, String newest, String oldest, String negotiated) {
        var version = new VersionAnswer(engine, ApiVersion.parse(newest), ApiVersion.parse(oldest));

        assertThat(ApiVersion.negotiate(version, FAILURES)).hasToString(negotiated);
    }

    @Test
    void comparesByNumber() {
        assertThat(ApiVersion.parse("1.100")).isGreaterThan(ApiVersion.parse("1.55"));
        assertThat(ApiVersion.parse("2.0")).isGreaterThan(ApiVersion.parse("1.55"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "v1.44", "1.44.1", "1.x", "1.44/../x"})
    void refusesWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ApiVersion.parse(text))
                .withMessage("'" + text + "' is not a version of the Engine API");
    }
}
