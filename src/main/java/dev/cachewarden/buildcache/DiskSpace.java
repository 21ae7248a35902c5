package dev.cachewarden.buildcache;

/**
 * The file system that holds a cache.
 *
 * @param free what is not allotted, with what is reserved for root, as BuildKit counts it
 */
public record DiskSpace(ByteSize total, ByteSize free) {

    /** A share of the whole, rounded down. */
    public ByteSize share(int percent) {
        // Divided first: a hundredfold of a large disk is more than a long holds.
        return new ByteSize(total.bytes() / 100 * percent + total.bytes() % 100 * percent / 100);
    }
}
