package dev.cachewarden.host;

/** Measures the disk of a data root. Implemented by {@code engine}; declared here so that hosts can be tested before they are saved. */
@FunctionalInterface
public interface DiskProber {

    /**
     * Measures the disk within a total time limit. Changes nothing.
     *
     * @return the result; a failure of the source never causes an exception
     */
    DiskReading measure(DiskSource source, DataRoot root);
}
