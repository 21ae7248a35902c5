package dev.cachewarden.progress;

/**
 * How much of a build is kept, whatever is sent of it. What is beyond is left out and told as a gap.
 *
 * @param vertices how many
 * @param statuses of one vertex, how many
 * @param warnings how many
 * @param runs of one vertex, how many; later ones are taken together with the last
 * @param text characters of one name, error or warning
 * @param texts bytes that all but the logs may take in memory, as an estimate
 * @param log bytes of what one vertex printed: the end of it
 * @param logs bytes of what all vertices printed; the vertex that has been silent for longest loses its own first
 */
public record ProgressLimits(
        int vertices, int statuses, int warnings, int runs, int text, long texts, int log, int logs) {

    /** Roomy for the largest builds seen (some hundred vertices), small enough for several uploads at once. */
    public static final ProgressLimits DEFAULT =
            new ProgressLimits(10_000, 1_000, 1_000, 1_000, 65_536, 32L << 20, 256 << 10, 16 << 20);

    public ProgressLimits {
        if (Math.min(Math.min(vertices, statuses), Math.min(warnings, runs)) < 1) {
            throw new IllegalArgumentException("Nothing could be kept");
        }
        if (text < 1 || texts < text || log < 1 || logs < log) {
            throw new IllegalArgumentException("One text or log must fit into all");
        }
    }
}
