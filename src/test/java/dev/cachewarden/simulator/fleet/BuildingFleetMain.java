package dev.cachewarden.simulator.fleet;

import dev.cachewarden.simulator.EngineNetwork;
import dev.cachewarden.simulator.SimulatedEngine;
import dev.cachewarden.simulator.state.BuildLog;
import dev.cachewarden.simulator.state.EngineGeneration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Engines without a cache that remember builds, in a JVM of their own: {@code BuildingFleetMain ENGINES REMEMBERED FILE}. Writes the address of
 * each to the file once all listen. Each line {@code BUILDS RATE} on its input has so many builds run on one engine after the other, of which
 * so many end in a second; it runs until its input ends.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails shows as builds that do not come.
final class BuildingFleetMain {

    private static final int STEPS = 20;
    private static final int PROJECTS = 200;
    private static final Duration TAKES = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofMinutes(20);
    private static final String LOG =
            "fetching, building and linking what there is to fetch, build and link\n".repeat(8);

    private final InstantSource clock = InstantSource.system();
    private final EngineNetwork network = new EngineNetwork();
    private final List<SimulatedEngine> engines = new ArrayList<>();
    private int builds;

    void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        var now = clock.instant();
        for (int i = 0; i < count; i++) {
            var engine = SimulatedEngine.onTcp(network, EngineGeneration.ENGINE_28_5, i + 1, clock);
            engines.add(engine);
            for (int k = Integer.parseInt(args[1]); k > 0; k--) {
                var began = now.minus(BETWEEN.multipliedBy(k)).minusMillis(i);
                engine.builds().put(build("old", began).endedAt(began.plus(TAKES)));
            }
        }
        var file = Path.of(args[2]);
        var part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(
                part, engines.stream().map(engine -> engine.address().text()).toList());
        Files.move(part, file);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                var timer = Executors.newScheduledThreadPool(1)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ");
                long every = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(words[1]);
                for (int i = 0; i < Integer.parseInt(words[0]); i++) {
                    var engine = engines.get(i % count);
                    timer.schedule(() -> run(engine, timer), i * every, TimeUnit.NANOSECONDS);
                }
            }
            timer.shutdownNow();
        }
        engines.forEach(SimulatedEngine::close);
        network.close();
    }

    private void run(SimulatedEngine engine, ScheduledExecutorService timer) {
        var build = build("live", clock.instant());
        engine.builds().put(build);
        timer.schedule(
                () -> engine.builds().put(build.endedAt(clock.instant())), TAKES.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Two thirds of the steps are cached, the last of them run. */
    private BuildLog.Build build(String kind, Instant began) {
        int number = builds++;
        int project = number % PROJECTS;
        var steps = IntStream.rangeClosed(1, STEPS)
                .mapToObj(k -> new BuildLog.Step(
                        "[%d/%d] RUN make part-%d of-%d%s"
                                .formatted(k, STEPS, k, project, k == STEPS ? " " + number : ""),
                        3 * k < 2 * STEPS,
                        Duration.ofMillis(400),
                        3 * k < 2 * STEPS ? "" : LOG))
                .toList();
        return new BuildLog.Build(
                kind + "-" + number,
                Map.of(
                        "build-arg:BUILDKIT_BUILD_NAME",
                        "team/project-" + project,
                        "filename",
                        "Dockerfile",
                        "vcs:revision",
                        Integer.toHexString(number * 7919)),
                began,
                null,
                steps);
    }
}
