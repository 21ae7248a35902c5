package dev.cachewarden.host;

/** Which host, as the store numbers them. */
public record HostId(long value) {
    @Override
    public String toString() {
        return Long.toString(value);
    }
}
