package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Recorded builds of targets that share steps. */
abstract class SharedStepsStage {

    static final String UNCERTAIN = "Steps shared with other targets may be missing."
            + " Upload the log of --progress=rawjson to see all steps.";

    static List<String> names(BuildProgress build) {
        return build.vertices().stream().map(Vertex::name).toList();
    }

    static List<String> ofService(BuildProgress build) {
        return ofService(Objects.requireNonNull(build.target()));
    }

    static List<String> ofService(String service) {
        List<String> all = new ArrayList<>(List.of(
                "[notes 1/1] COPY <<TEXT /note",
                "[base 1/2] COPY busybox nonce /bin/",
                "[base 2/2] RUN /bin/busybox --install -s /bin",
                "[packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages"));
        boolean web = service.equals("web");
        all.add("[%s %d/3] COPY --from=notes /note /note".formatted(service, web ? 1 : 2));
        all.add("[%s %d/3] COPY --from=packages /packages /packages".formatted(service, web ? 2 : 1));
        all.add("[%1$s 3/3] RUN echo \"building %1$s\" && sleep 1".formatted(service));
        return all;
    }

    static List<String> instructions(BuildProgress build) {
        return build.vertices().stream()
                .map(Vertex::name)
                .filter(name -> name.matches("\\[(\\S+ )?\\d/\\d] .*"))
                .toList();
    }

    static List<BuildProgress> read(String name) throws IOException {
        return RecordedLog.read(text(name).getBytes(StandardCharsets.UTF_8));
    }

    static String text(String name) throws IOException {
        try (var log = SharedStepsStage.class.getResourceAsStream("/dev/cachewarden/progress/" + name)) {
            return new String(Objects.requireNonNull(log, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
