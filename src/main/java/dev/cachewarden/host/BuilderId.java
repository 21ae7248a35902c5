package dev.cachewarden.host;

/** The ID of a builder in the database. A host has one or more builders, each with a separate cache. */
public record BuilderId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
