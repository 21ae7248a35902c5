package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A log of a real build, kept beside the tests; src/test/progress/record tells how it came about.
 *
 * @param name such as {@code 28.5/first.plain}
 */
record RecordedLog(String name) {

    static List<RecordedLog> all() {
        var root = root();
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".plain")
                            || file.toString().endsWith(".rawjson"))
                    .map(file ->
                            new RecordedLog(root.relativize(file).toString().replace('\\', '/')))
                    .sorted((one, other) -> one.name.compareTo(other.name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<RecordedLog> plain() {
        return all().stream().filter(log -> log.name.endsWith(".plain")).toList();
    }

    static List<RecordedLog> rawjson() {
        return all().stream().filter(log -> log.name.endsWith(".rawjson")).toList();
    }

    /** The same build as the other format shows it. */
    RecordedLog asPlain() {
        return new RecordedLog(name.replace(".rawjson", ".plain"));
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(root().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    BuildProgress build() {
        return read(bytes()).getFirst();
    }

    static List<BuildProgress> read(byte[] log) {
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        reader.feed(log, 0, log.length);
        return reader.finish();
    }

    private static Path root() {
        try {
            return Path.of(Objects.requireNonNull(RecordedLog.class.getResource("28.5"), "no recordings")
                            .toURI())
                    .resolveSibling("");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
