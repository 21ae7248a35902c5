package dev.cachewarden.progress;

/**
 * The maximum amount of data that is kept of a build, regardless of the input. Anything beyond is left out and reported as a gap.
 *
 * @param vertices number of vertices
 * @param statuses number of statuses of one vertex
 * @param warnings number of warnings
 * @param runs number of runs of one vertex; later ones are merged with the last
 * @param text characters of one name, error, or warning
 * @param texts estimated memory of all data except the logs, in bytes
 * @param log bytes that are kept of the end of one vertex's output
 * @param logs bytes of the output of all vertices; the vertex without output for the longest time loses its output first
 */
public record ProgressLimits(
        int vertices, int statuses, int warnings, int runs, int text, long texts, int log, int logs) {

    /** Sufficient for the largest known builds (several hundred vertices), and small enough for several uploads at once. */
    public static final ProgressLimits DEFAULT =
            new ProgressLimits(10_000, 1_000, 1_000, 1_000, 65_536, 32L << 20, 256 << 10, 16 << 20);

    public ProgressLimits {
        if (Math.min(Math.min(vertices, statuses), Math.min(warnings, runs)) < 1) {
            throw new IllegalArgumentException("Every limit must be at least 1");
        }
        if (text < 1 || texts < text || log < 1 || logs < log) {
            throw new IllegalArgumentException("The limit of all texts or logs must be at least the limit of one");
        }
    }
}
