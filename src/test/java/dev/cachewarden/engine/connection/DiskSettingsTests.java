package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class DiskSettingsTests {

    @Test
    void defaultsAreThoseOfTheReadme() {
        assertThat(bind(Map.of()))
                .isEqualTo(new DiskSettings(
                        Duration.ofSeconds(10),
                        DataSize.ofMegabytes(32),
                        Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
                        32,
                        null));
    }

    @Test
    void knownHostsMayLieAnywhere() {
        assertThat(bind(Map.of("known-hosts", "/etc/ssh/ssh_known_hosts")).knownHosts())
                .isEqualTo(Path.of("/etc/ssh/ssh_known_hosts"));
    }

    @ParameterizedTest
    @CsvSource({"timeout, 0s", "timeout, 11m", "max-answer-size, 0B", "ssh-sessions, 0"})
    void refuseWhatCannotWork(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cachewarden.engine.disk." + name);
    }

    private static DiskSettings bind(Map<String, String> values) {
        var source = new MapConfigurationPropertySource();
        values.forEach((name, value) -> source.put("cachewarden.engine.disk." + name, value));
        return new Binder(source).bindOrCreate("cachewarden.engine.disk", DiskSettings.class);
    }
}
