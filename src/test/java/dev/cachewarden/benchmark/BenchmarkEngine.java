package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.engine.RealEngines;
import dev.cachewarden.host.HostConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The real engine 28.5 of {@code src/test/engines}, emptied and filled for a measurement, and its own command line beside it. */
final class BenchmarkEngine {

    static final String NAME = "28.5";

    /** Below the 128 layers that overlay can put on top of each other. */
    private static final int STEPS_A_BUILD = 100;

    private static final String ENGINES = "src/test/engines/engines";

    /** What a command cost as a whole process, its children included. */
    record Cost(Duration wall, Duration cpu, String output) {}

    HostConnection connection() {
        return RealEngines.connection(NAME);
    }

    /** Runs {@code docker …} where the engine lives. */
    Cost docker(String... arguments) {
        var command = new ArrayList<>(List.of("bash", ENGINES, "exec", NAME, "docker"));
        command.addAll(List.of(arguments));
        return measure(command);
    }

    void empty() {
        docker("buildx", "prune", "--all", "--force");
    }

    /** Makes records by real builds: chains of 100 COPY steps with random content. */
    void fill(int records) {
        for (int made = 0; made < records; made += STEPS_A_BUILD) {
            build(Math.min(STEPS_A_BUILD, records - made));
        }
    }

    private void build(int steps) {
        try {
            var context = Files.createTempDirectory("cachewarden-benchmark");
            var dockerfile = new StringBuilder("FROM scratch\n");
            for (int step = 0; step < steps; step++) {
                var payload = new byte[4_096];
                ThreadLocalRandom.current().nextBytes(payload);
                Files.write(context.resolve("f" + step), payload);
                dockerfile.append("COPY f%1$d /f%1$d%n".formatted(step));
            }
            Files.writeString(context.resolve("Dockerfile"), dockerfile);
            measure(List.of("bash", ENGINES, "build", NAME, context.toString(), "--output", "type=cacheonly"));
            try (var files = Files.list(context)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command under the shell's {@code time}; fails the benchmark if the command fails. */
    static Cost measure(List<String> command) {
        var timed = new ArrayList<>(List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" 2>&1", "measure"));
        timed.addAll(command);
        try {
            var times = Files.createTempFile("cachewarden-times", ".txt");
            var process = new ProcessBuilder(timed)
                    .redirectError(times.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
            var figures = Files.readString(times).strip().split("\\s+");
            Files.delete(times);
            return new Cost(seconds(figures[0]), seconds(figures[1]).plus(seconds(figures[2])), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Duration seconds(String figure) {
        return Duration.ofMillis(Math.round(Double.parseDouble(figure) * 1_000));
    }
}
