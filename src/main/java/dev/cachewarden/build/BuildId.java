package dev.cachewarden.build;

/** The ID that Cachewarden assigns to a build. */
public record BuildId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
