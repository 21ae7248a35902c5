package dev.cachewarden;

import static org.awaitility.Awaitility.await;

import dev.cachewarden.engine.RealEngines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The builds of one project, as a script sees them. */
record SampleBuilds(ServiceClient client, String project) {

    /** What a command printed, and how it ended. */
    record Output(int exit, String text) {}

    /** Has an engine watched, and waits until its builds are followed. */
    void follow(String engine, Path work) throws IOException, InterruptedException {
        client.post("/api/v1/hosts", """
                {"name": "builds-%s-%s", "address": "%s", "pollInterval": "5s"}""".formatted(
                engine, project, RealEngines.connection(engine).address().text()));
        // It takes what the builder remembers first, and then hears what comes: the second of two comes after all that.
        for (String earlier : List.of(project + "-earlier", project + "-before")) {
            output(new SampleProject(Files.createDirectories(work.resolve(earlier)))
                    .command(engine, List.of("--build-arg", "BUILDKIT_BUILD_NAME=" + earlier)));
            await().atMost(Duration.ofMinutes(2)).until(() -> {
                var found = client.get("/api/v1/builds?project=" + earlier).path("items");
                return found.size() == 1
                        && found.get(0).path("state").asString().equals("DONE");
            });
        }
    }

    long ended() {
        long ended = 0;
        for (var build : list()) {
            ended += build.path("state").asString().equals("RUNNING")
                            || build.path("comparison").isNull()
                    ? 0
                    : 1;
        }
        return ended;
    }

    private JsonNode list() {
        return client.get("/api/v1/builds?project=" + project).path("items");
    }

    JsonNode newest() {
        return list().get(0);
    }

    List<JsonNode> steps(JsonNode build) {
        var steps = new ArrayList<JsonNode>();
        client.get("/api/v1/builds/" + build.path("id").asLong() + "/steps")
                .path("items")
                .forEach(steps::add);
        return steps;
    }

    /** Of the newest; none where there is no build. */
    List<JsonNode> stepsOfNewest() {
        return list().isEmpty() ? List.of() : steps(newest());
    }

    static Output output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }
}
