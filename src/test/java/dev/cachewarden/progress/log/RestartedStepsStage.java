package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.util.List;

/** Logs of builds, and a short description of their vertices. */
abstract class RestartedStepsStage {

    static final String MIXED = "The log mixes lines of several builds, so some steps may belong to another build.";

    static final String BEGIN = """
            #1 [internal] load build definition from Dockerfile
            #1 DONE 0.0s

            #2 [internal] load metadata for docker.io/library/debian:12
            #2 DONE 0.3s

            """;

    static List<String> described(BuildProgress build) {
        return build.vertices().stream().map(RestartedStepsStage::described).toList();
    }

    static String described(Vertex vertex) {
        return vertex.name() + " " + vertex.state() + " " + vertex.duration();
    }

    static BuildProgress only(String log) {
        assertThat(read(log)).hasSize(1);
        return read(log).getFirst();
    }

    static List<BuildProgress> read(String log) {
        return RecordedLog.read(log.getBytes(UTF_8));
    }
}
