package dev.cachewarden.build;

/** Our own number of a build. */
public record BuildId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
