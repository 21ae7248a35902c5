package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces of {@code buildctl --trace}, which before 0.12 name members as Go does, with capitals. */
class TraceTests {

    private static final String FROM = "sha256:" + "a".repeat(64);
    private static final String RUN = "sha256:" + "b".repeat(64);

    private static final String TRACE = """
            {"Vertexes":[{"Digest":"%1$s","Inputs":null,"Name":"[1/2] FROM docker.io/library/debian:12","Started":"2022-03-01T10:00:00.2Z","Completed":"2022-03-01T10:00:00.3Z","Cached":false,"Error":""}],"Statuses":null,"Logs":null}
            {"Vertexes":[{"Digest":"%2$s","Inputs":["%1$s"],"Name":"[2/2] RUN make","Started":"2022-03-01T10:00:00.4Z","Completed":null,"Cached":false,"Error":""}],"Statuses":null,"Logs":null}
            {"Vertexes":null,"Statuses":[{"ID":"extracting","Vertex":"%1$s","Name":"","Total":20,"Current":20,"Timestamp":"2022-03-01T10:00:01Z","Started":"2022-03-01T10:00:00Z","Completed":"2022-03-01T10:00:01Z"}],"Logs":[{"Vertex":"%2$s","Stream":1,"Data":"aGVsbG8K","Timestamp":"2022-03-01T10:00:02Z"}]}
            {"Vertexes":[{"Digest":"%2$s","Inputs":["%1$s"],"Name":"[2/2] RUN make","Started":"2022-03-01T10:00:00.4Z","Completed":"2022-03-01T10:00:05.4Z","Cached":false,"Error":""}],"Statuses":null,"Logs":null}
            """.formatted(FROM, RUN);

    @Test
    void membersWithCapitalsAreRead() {
        var build = only(TRACE);

        assertThat(build.vertices()).extracting(vertex -> vertex.state()).containsOnly(VertexState.DONE);
        assertThat(build.vertices().getLast()).satisfies(run -> {
            assertThat(run.id()).isEqualTo(RUN);
            assertThat(run.inputs()).containsExactly(FROM);
            assertThat(run.duration()).isEqualTo(Duration.ofSeconds(5));
            assertThat(run.log()).isEqualTo("hello");
        });
        assertThat(build.vertices().getFirst().statuses())
                .extracting(part -> part.id() + " " + part.current() + "/" + part.total())
                .containsExactly("extracting 20/20");
        assertThat(build.gaps()).isEmpty();
    }

    /** As a script may have written them anew. */
    @Test
    void blanksBetweenMembersChangeNothing() {
        assertThat(only(TRACE.replace("\":", "\": ").replace("{", "{ "))).isEqualTo(only(TRACE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Cached\":true,\"Error\":\"\"|CACHED",
                "\"Error\":\"exit code: 2\"|FAILED",
                "\"Error\":\"context canceled\"|CANCELED"
            })
    void stateIsRead(String line) {
        String[] parts = line.split("\\|");
        var build = only(TRACE + "{\"Vertexes\":[{\"Digest\":\"" + RUN + "\",\"Name\":\"[2/2] RUN make\","
                + "\"Started\":\"2022-03-01T10:00:06Z\",\"Completed\":\"2022-03-01T10:00:07Z\"," + parts[0] + "}]}\n");

        assertThat(build.vertices().getLast().state()).isEqualTo(VertexState.valueOf(parts[1]));
    }

    static List<RecordedLog> rawjson() {
        return RecordedLog.rawjson();
    }

    /** The recorded logs of today under the names of before. */
    @ParameterizedTest
    @MethodSource("rawjson")
    void everyRecordedLogReadsTheSameUnderTheOlderNames(RecordedLog log) {
        String older = log.text();
        for (String name : List.of(
                "vertexes",
                "statuses",
                "logs",
                "warnings",
                "digest",
                "inputs",
                "name",
                "started",
                "completed",
                "cached",
                "error",
                "progressGroup",
                "vertex",
                "total",
                "current",
                "timestamp",
                "stream",
                "data",
                "level",
                "short",
                "detail",
                "range")) {
            older = older.replace(
                    "\"" + name + "\":", "\"" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "\":");
        }
        older = older.replace("\"id\":", "\"ID\":").replace("\"url\":", "\"URL\":");

        assertThat(RecordedLog.read(older.getBytes(UTF_8))).isEqualTo(RecordedLog.read(log.bytes()));
    }

    /** As buildctl writes both its trace and its display into one file. */
    @Test
    void linesOfTheDisplayBetweenAreTheSameBuild() {
        String[] lines = TRACE.split("\n");
        String vertex = "{\"Vertexes\":[{\"Digest\":\"sha256:%s\",\"Name\":\"[internal] load %s\","
                + "\"Started\":\"2022-03-01T09:59:59Z\"%s}]}\n";
        String end = ",\"Completed\":\"2022-03-01T10:00:00Z\"";
        String begun = vertex.formatted("c", "build definition from Dockerfile", "");
        String loaded = vertex.formatted("c", "build definition from Dockerfile", end)
                + vertex.formatted("d", ".dockerignore", end);
        String both = begun + "#1 [internal] load build definition from Dockerfile\n" + loaded
                + "#1 DONE 1.0s\n\n#2 [internal] load .dockerignore\n#2 DONE 1.0s\n\n" + lines[0]
                + "\n#3 [1/2] FROM docker.io/library/debian:12\n#3 DONE 0.1s\n\n" + lines[1]
                + "\n#4 [2/2] RUN make\n" + lines[2] + "\n#4 1.600 hello\n" + lines[3] + "\n#4 DONE 5.0s\n";

        assertThat(only(both)).isEqualTo(only(begun + loaded + TRACE));
    }

    @Test
    void aBuildOfTheDisplayBehindATraceIsAnother() {
        assertThat(RecordedLog.read((TRACE + """
                        #1 [internal] load build definition from Dockerfile
                        #1 DONE 0.0s
                        """).getBytes(UTF_8))).hasSize(2);
    }

    /** The trace ends while a step runs, as its builder was killed; then the same Dockerfile is built again, without a trace. */
    @Test
    void aBuildBehindATraceThatWasCutOffIsAnother() {
        String begun = """
                {"Vertexes":[{"Digest":"%s","Name":"[internal] load build definition from Dockerfile","Started":"2022-03-01T09:59:59Z"}]}
                """.formatted(FROM);

        assertThat(RecordedLog.read((begun + """
                        #1 [internal] load build definition from Dockerfile
                        #1 transferring dockerfile: 88B done
                        #1 DONE 0.1s

                        #2 [1/1] FROM docker.io/library/debian:12
                        #2 CACHED

                        #3 exporting to image
                        #3 DONE 0.1s
                        """).getBytes(UTF_8)))
                .extracting(build -> build.vertices().stream()
                        .map(vertex -> vertex.name() + " " + vertex.state())
                        .toList())
                .containsExactly(
                        List.of("[internal] load build definition from Dockerfile RUNNING"),
                        List.of(
                                "[internal] load build definition from Dockerfile DONE",
                                "[1/1] FROM docker.io/library/debian:12 CACHED",
                                "exporting to image DONE"));
    }

    private static BuildProgress only(String log) {
        assertThat(RecordedLog.read(log.getBytes(UTF_8))).hasSize(1);
        return RecordedLog.read(log.getBytes(UTF_8)).getFirst();
    }
}
