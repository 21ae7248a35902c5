package dev.cachewarden.host;

/** Which builder, as the store numbers them: a host has one or more, each with a cache of its own. */
public record BuilderId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
