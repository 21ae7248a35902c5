package dev.cachewarden.host.disk;

/** Measures the disk under a data root. Filled by {@code engine}; declared here so that hosts can be tried out before they are saved. */
@FunctionalInterface
public interface DiskProber {

    /**
     * Measures now, within a total time limit. Changes nothing.
     *
     * @return never throws for what the source does or fails to do
     */
    DiskReading measure(DiskSource source, DataRoot root);
}
