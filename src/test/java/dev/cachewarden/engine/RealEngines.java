package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.testing.Missing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Real Docker Engines for tests, told by {@code CACHEWARDEN_TEST_ENGINES} as {@code NAME=ADDRESS}, separated by commas;
 * {@code src/test/engines/engines env} prints it. Builds are made by {@code engines build NAME DIR [ARG…]}, or by the command
 * that {@code CACHEWARDEN_TEST_BUILD} names, called the same way.
 */
public final class RealEngines {

    private static final String ENGINES = "CACHEWARDEN_TEST_ENGINES";

    /** On a machine under load, the runc of an old engine sometimes loses the process that it has just started. No step ran then. */
    private static final String NO_CONTAINER = "unable to start container process";

    private RealEngines() {}

    /** One of them by name; skips the calling test, or fails it, where there is none. */
    public static EngineUnderTest named(String name, EngineUnderTest.Expected expected) {
        return new RealEngine(connection(name), expected);
    }

    /** How to reach one by name; skips the calling test, or fails it, where there is none. */
    public static HostConnection connection(String name) {
        return Arrays.stream(System.getenv().getOrDefault(ENGINES, "").split(","))
                .map(String::strip)
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .map(address -> new HostConnection(name, HostKind.DOCKER_ENGINE, HostAddress.parse(address, null)))
                .findFirst()
                .orElseGet(
                        () -> Missing.skipOrFail(
                                "engines",
                                ENGINES + " names no engine '" + name
                                        + "'; as root: src/test/engines/engines up, then eval \"$(src/test/engines/engines env)\""));
    }

    /** Builds on an engine, apart from any contract. */
    static void build(HostConnection connection, BuildRecipe recipe) {
        new RealEngine(connection, null).build(recipe);
    }

    private record RealEngine(
            HostConnection connection, @Nullable Expected known) implements EngineUnderTest {

        @Override
        public Expected expected() {
            return Objects.requireNonNull(known);
        }

        @Override
        public void build(BuildRecipe recipe) {
            try {
                var context = Files.createTempDirectory("cachewarden-build");
                write(recipe, context);
                run(context);
                delete(context);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void write(BuildRecipe recipe, Path context) throws IOException {
            for (int n = 0; n < recipe.siblings(); n++) {
                var payload = new byte[BuildRecipe.SIBLING_BYTES];
                ThreadLocalRandom.current().nextBytes(payload);
                Files.write(context.resolve("s" + n), payload);
            }
            Files.writeString(context.resolve("Dockerfile"), String.join("\n", dockerfile(recipe)) + "\n");
        }

        private static List<String> dockerfile(BuildRecipe recipe) {
            String token = recipe.token();
            var lines = new ArrayList<>(
                    List.of("FROM scratch AS base", "COPY busybox /bin/sh", "RUN echo " + token + "-base > /base"));
            for (int n = 0; n < recipe.siblings(); n++) {
                lines.addAll(List.of("FROM base AS sibling" + n, "COPY s" + n + " /s" + n));
            }
            lines.add("FROM base AS links");
            for (int n = 0; n < recipe.links(); n++) {
                lines.add("RUN echo " + token + "-link-" + n + ". > /link" + n);
            }
            lines.addAll(List.of("FROM base", "RUN " + mounts(recipe) + " echo " + token + "-last > /last"));
            return lines;
        }

        private static String mounts(BuildRecipe recipe) {
            var mounts = new ArrayList<>(IntStream.range(0, recipe.siblings())
                    .mapToObj(n -> "--mount=from=sibling" + n + ",target=/m/" + n)
                    .toList());
            if (recipe.links() > 0) {
                mounts.add("--mount=from=links,target=/m/links");
            }
            for (String name : recipe.mounts()) {
                mounts.add("--mount=type=cache,target=/cache/" + recipe.token() + "-" + name);
            }
            return mounts.stream().collect(Collectors.joining(" "));
        }

        private void run(Path context) throws IOException {
            var command = new ArrayList<>(List.of(System.getenv()
                    .getOrDefault("CACHEWARDEN_TEST_BUILD", "bash src/test/engines/engines build")
                    .split(" ")));
            command.addAll(List.of(connection.name(), context.toString(), "--output", "type=cacheonly"));
            String failure = failure(command);
            for (int again = 0; again < 2 && failure.contains(NO_CONTAINER); again++) {
                failure = failure(command);
            }
            if (!failure.isEmpty()) {
                throw new AssertionError(command + " failed:\n" + failure);
            }
        }

        /** Builds once. Returns the log if the build failed, else nothing. */
        private static String failure(List<String> command) throws IOException {
            var log = Files.createTempFile("cachewarden-build", ".log");
            var build = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                boolean built = build.waitFor(3, TimeUnit.MINUTES) && build.exitValue() == 0;
                return built ? "" : "exit or timeout of the build\n" + Files.readString(log);
            } catch (InterruptedException e) {
                throw new AssertionError("Interrupted while building", e);
            } finally {
                build.destroyForcibly();
                Files.delete(log);
            }
        }

        private static void delete(Path context) throws IOException {
            try (var files = Files.list(context)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(context);
        }
    }
}
