package dev.cachewarden.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Builds that leave a cache of a random shape: stages that build on each other (chains, siblings), files of random sizes, cache mounts,
 * contexts; parts of it built again, so that numbers of uses differ, and some of it as an image, which shares layers with the cache.
 */
final class RandomCache {

    private static final int LARGEST_FILE = 400_000;

    private final Random random;

    /** Keeps the cache of each case apart from all others. */
    private final String token;

    RandomCache(Random random) {
        this.random = random;
        this.token = "p" + Long.toString(random.nextLong() >>> 1, 36);
    }

    void buildOn(String engine) {
        try {
            var context = Files.createTempDirectory("cachewarden-parity");
            try {
                int stages = 2 + random.nextInt(4);
                write(context, stages);
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    build(engine, context, "s" + random.nextInt(stages), "--output", "type=cacheonly");
                }
                if (random.nextInt(3) == 0) {
                    build(engine, context, "s" + random.nextInt(stages), "--tag", token);
                } else {
                    build(engine, context, "all", "--output", "type=cacheonly");
                }
            } finally {
                delete(context);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path context, int stages) throws IOException {
        var lines = new ArrayList<>(List.of("FROM scratch AS base", "COPY busybox /bin/sh"));
        for (int stage = 0; stage < stages; stage++) {
            String from = stage == 0 || random.nextInt(3) == 0 ? "base" : "s" + random.nextInt(stage);
            lines.add("FROM " + from + " AS s" + stage);
            for (int step = random.nextInt(4); step >= 0; step--) {
                lines.add(step(context, stage + "-" + step));
            }
        }
        lines.add("FROM base AS all");
        var mounts = new StringBuilder("RUN");
        for (int stage = 0; stage < stages; stage++) {
            mounts.append(" --mount=from=s").append(stage).append(",target=/m/").append(stage);
        }
        lines.add(mounts + " echo " + token + " > /all");
        Files.writeString(context.resolve("Dockerfile"), String.join("\n", lines) + "\n");
    }

    private String step(Path context, String name) throws IOException {
        return switch (random.nextInt(4)) {
            case 0, 1 -> {
                var content = new byte[1 + random.nextInt(LARGEST_FILE)];
                random.nextBytes(content);
                Files.write(context.resolve("f" + name), content);
                yield "COPY f" + name + " /f" + name;
            }
            case 2 -> "RUN echo " + token + name + " > /r" + name;
            default -> {
                String mount = "/c/" + token + random.nextInt(3);
                yield "RUN --mount=type=cache,target=" + mount + " echo " + name + " > " + mount + "/" + name
                        + "; echo " + token + name + " > /q" + name;
            }
        };
    }

    private static void build(String engine, Path context, String target, String... more) throws IOException {
        var command = new ArrayList<>(List.of(System.getenv()
                .getOrDefault("CACHEWARDEN_TEST_BUILD", "bash src/test/engines/engines build")
                .split(" ")));
        command.addAll(List.of(engine, context.toString(), "--target", target));
        command.addAll(List.of(more));
        var log = Files.createTempFile("cachewarden-parity", ".log");
        var build = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!build.waitFor(3, TimeUnit.MINUTES) || build.exitValue() != 0) {
                build.destroyForcibly();
                throw new AssertionError(command + " failed:\n" + Files.readString(log) + "\n"
                        + Files.readString(context.resolve("Dockerfile")));
            }
        } catch (InterruptedException e) {
            build.destroyForcibly();
            throw new AssertionError("Interrupted while building", e);
        } finally {
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
