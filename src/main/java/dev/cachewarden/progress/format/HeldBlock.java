package dev.cachewarden.progress.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a vertex that loads a Dockerfile, whose header is repeated after instructions have started. It may be the first vertex of
 * another build, or one that BuildKit has restarted. Only the next block shows which.
 *
 * @param number number of the vertex
 * @param name text of the header, which is not among the lines
 */
record HeldBlock(int number, String name, List<byte[]> lines) {

    /** The maximum number of lines. A vertex that loads a Dockerfile prints only a few. */
    private static final int MOST = 64;

    private static final int LONGEST = 4096;

    HeldBlock(int number, String name) {
        this(number, name, new ArrayList<>());
    }

    /** Adds a line without its number. Returns false if the line belongs to another vertex, or exceeds the limits of such a block. */
    boolean take(int number, byte[] line, int from, int to) {
        boolean own = number == this.number && lines.size() < MOST && to - from <= LONGEST;
        if (own) {
            lines.add(Arrays.copyOfRange(line, from, to));
        }
        return own;
    }
}
