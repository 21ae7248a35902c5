package dev.cachewarden.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The project's {@code docker-compose.yml}, built and brought up under a name and a port of its own for a test class, and taken away
 * with all it made. The class is skipped, or fails, where there is no Docker. Where {@code docker compose} is not the command, {@code
 * CACHEWARDEN_TEST_COMPOSE} names it; {@code src/test/engines/engines env} prints both.
 */
public final class ComposeProject implements BeforeAllCallback, AfterAllCallback {

    private static final String COMMAND = "CACHEWARDEN_TEST_COMPOSE";
    private static final List<String> FILES =
            List.of("--file", "docker-compose.yml", "--file", "src/test/engines/compose.override.yml");

    // The first build fetches what it is built from; official images are pulled before.
    private static final Duration TO_BE_HEALTHY = Duration.ofMinutes(15);
    private static final Duration ANY_OTHER = Duration.ofMinutes(5);

    private final String name =
            "cachewarden-test-" + UUID.randomUUID().toString().substring(0, 8);
    private volatile @Nullable Process running;
    private @Nullable Thread lastWill;

    /** Returns when all services are healthy. */
    @Override
    public void beforeAll(ExtensionContext context) {
        TestDocker.client();
        if (run(ANY_OTHER, List.of("version")).status() != 0) {
            TestDocker.skipOrFail("'" + String.join(" ", command()) + "' does not work here");
        }
        lastWill = new Thread(this::removeAtOnce);
        Runtime.getRuntime().addShutdownHook(lastWill);
        var up = run(TO_BE_HEALTHY, inProject("up", "--build", "--detach", "--wait", "--quiet-pull"));
        if (up.status() != 0) {
            throw new AssertionError("It did not come up:\n" + up.output() + "\n"
                    + run(ANY_OTHER, inProject("logs", "--no-color", "--tail=100"))
                            .output());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (lastWill != null) {
            remove();
            Runtime.getRuntime().removeShutdownHook(lastWill);
        }
    }

    /** For tests that are stopped in the middle. */
    private void removeAtOnce() {
        var process = running;
        if (process != null) {
            end(process);
        }
        remove();
    }

    private void remove() {
        call("down", "--volumes", "--remove-orphans", "--rmi=local", "--timeout=5");
    }

    /** What a service has written to its log so far. */
    public String log(String service) {
        return call("logs", "--no-color", "--no-log-prefix", service);
    }

    /** Which port of 127.0.0.1 leads to that port of a service. */
    public int port(String service, int inside) {
        String address = call("port", service, String.valueOf(inside)).strip();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** What a command prints that is run in the container of a service. */
    public String execute(String service, String... command) {
        var arguments = new ArrayList<>(List.of("exec", "-T", service));
        arguments.addAll(List.of(command));
        return call(arguments.toArray(String[]::new));
    }

    /** Calls {@code docker compose} for this project and returns what it prints. */
    public String call(String... arguments) {
        var result = run(ANY_OTHER, inProject(arguments));
        if (result.status() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " failed:\n" + result.output());
        }
        return result.output();
    }

    private List<String> inProject(String... arguments) {
        var all = new ArrayList<>(FILES);
        all.addAll(List.of("--project-name", name));
        all.addAll(List.of(arguments));
        return all;
    }

    private static List<String> command() {
        return List.of(System.getenv().getOrDefault(COMMAND, "docker compose").split(" "));
    }

    private record Result(int status, String output) {}

    private Result run(Duration limit, List<String> arguments) {
        var command = new ArrayList<>(command());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        // Any port that is free.
        builder.environment().put("CACHEWARDEN_PORT", "0");
        builder.environment()
                .put(
                        "CACHEWARDEN_DATA_ROOT",
                        String.valueOf(TestDocker.client().infoCmd().exec().getDockerRootDir()));
        try {
            return run(limit, builder);
        } catch (IOException e) {
            // Such as a command that does not exist.
            return new Result(-1, String.valueOf(e.getMessage()));
        }
    }

    private Result run(Duration limit, ProcessBuilder builder) throws IOException {
        var output = Files.createTempFile("cachewarden-compose", ".log");
        try {
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            running = process;
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
            }
            return new Result(
                    ended ? process.exitValue() : -1,
                    Files.readString(output) + (ended ? "" : "\nnot done within " + limit));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            running = null;
            Files.delete(output);
        }
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
