package dev.cachewarden.buildcache;

/**
 * The space of the file system that contains a cache.
 *
 * @param free unallocated space, including the blocks reserved for root, as BuildKit counts it
 */
public record DiskSpace(ByteSize total, ByteSize free) {

    /** Returns a percentage of the total, rounded down. */
    public ByteSize share(int percent) {
        // Divide first, because a hundred times the size of a large disk exceeds a long.
        return new ByteSize(total.bytes() / 100 * percent + total.bytes() % 100 * percent / 100);
    }
}
