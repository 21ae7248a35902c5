package dev.cachewarden.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Answers of real engines, kept beside the tests; their README tells how they were recorded. */
public final class Recorded {

    private Recorded() {}

    /**
     * Reads one.
     *
     * @param name such as {@code docker/df-28.5.json}
     */
    public static String text(String name) {
        try (var in = Objects.requireNonNull(Recorded.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
