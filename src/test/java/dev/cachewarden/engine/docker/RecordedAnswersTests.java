package dev.cachewarden.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.engine.Limits;
import dev.cachewarden.engine.Recorded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedAnswersTests {

    @ParameterizedTest
    @CsvSource({"20.10,20.10.24+dfsg1,1.41,1.12", "26.1,26.1.5+dfsg1,1.45,1.24", "28.5,28.5.2+dfsg4,1.51,1.24"})
    void readsVersion(String engine, String version, String newest, String oldest) throws IOException {
        assertThat(VersionJson.read(recorded("version-" + engine)))
                .isEqualTo(new VersionAnswer(version, ApiVersion.parse(newest), ApiVersion.parse(oldest)));
    }

    @Test
    void readsInfo() throws IOException {
        assertThat(InfoJson.read(recorded("info-28.5")))
                .isEqualTo(new InfoAnswer(
                        "958a9eeb-33fa-49f1-9936-118ed765a455",
                        null,
                        null,
                        "/var/lib/docker",
                        "overlay2",
                        false,
                        "Debian GNU/Linux forky/sid",
                        "x86_64",
                        "linux",
                        null));
    }

    @Test
    void recognisesContainerdsImageStore() throws IOException {
        String info = Recorded.text("docker/info-28.5.json")
                .replace("[\"userxattr\",\"false\"]", "[\"driver-type\",\"io.containerd.snapshotter.v1\"]");

        assertThat(InfoJson.read(stream(info)).containerdImageStore()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"20.10", "26.1", "28.5"})
    void readsPruneOfNothing(String engine) throws IOException {
        assertThat(PruneJson.read(recorded("prune-nothing-" + engine))).isEqualTo(new PruneAnswer(List.of(), 0));
    }

    @Test
    void readsPruneEvents() throws IOException {
        assertThat(EventsJson.read(recorded("events-28.5")))
                .containsExactly(
                        new PruneEvent(Instant.parse("2026-11-20T08:42:56.501459806Z"), new ByteSize(3000)),
                        new PruneEvent(Instant.parse("2026-11-20T08:42:56.504876669Z"), ByteSize.ZERO),
                        new PruneEvent(Instant.parse("2026-11-20T08:42:56.532820869Z"), ByteSize.ZERO));
    }

    @Test
    void skipsOtherEvents() throws IOException {
        String events = Recorded.text("docker/events-28.5.json").replace("\"builder\"", "\"image\"");

        assertThat(EventsJson.read(stream(events))).isEmpty();
    }

    private static Json recorded(String name) {
        return stream(Recorded.text("docker/" + name + ".json"));
    }

    private static Json stream(String text) {
        return new Json(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Limits.DEFAULT);
    }
}
