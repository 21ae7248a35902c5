package dev.cachewarden.host;

/** The ID of a host in the database. */
public record HostId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
