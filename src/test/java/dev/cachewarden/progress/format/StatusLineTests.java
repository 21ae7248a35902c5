package dev.cachewarden.progress.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.Vertex;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusLineTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "transferring context: 1.98MB 0.7s done|transferring context:|1980000|0|PT0.7S|true",
                "transferring context: 2B done|transferring context:|2|0|PT0S|true",
                "transferring context: 0.0s|transferring context:|0|0|-|false",
                "transferring context:|transferring context:|0|0|-|false",
                "sha256:ab 1.05MB / 27.50MB 0.2s|sha256:ab|1050000|27500000|-|false",
                "sha256:ab 122B / 122B done|sha256:ab|122|122|PT0S|true",
                "sha256:ab 1.234GB / 1.50TB 1234.5s done|sha256:ab|1234000000|1500000000000|PT20M34.5S|true",
                "extracting sha256:ab 12.3s done|extracting sha256:ab|0|0|PT12.3S|true",
                "exporting layers|exporting layers|0|0|-|false",
                "naming to docker.io/a/b:1.5s done|naming to docker.io/a/b:1.5s|0|0|PT0S|true",
                "copy a / 5B|copy a /|5|0|-|false",
                "0.5s|0.5s|0|0|-|false",
                "done|done|0|0|-|false",
                "a 1.2.3MB|a 1.2.3MB|0|0|-|false",
                "a 99999999999999999999999EB|a|9223372036854775807|0|-|false",
            })
    void partsAreReadFromTheEnd(
            String line, String id, long current, long total, @Nullable Duration duration, boolean done) {
        assertThat(StatusLine.parse(line)).isEqualTo(new Vertex.Status(id, current, total, duration, done));
    }
}
