package dev.cachewarden.progress.plain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines of a vertex that loads a Dockerfile and is headed again after instructions have begun. It may be the first of another build, or
 * one that BuildKit has restarted: only the block behind it decides.
 *
 * @param number of the vertex
 * @param name in the header, which is not among the lines
 */
record HeldBlock(int number, String name, List<byte[]> lines) {

    /** Loading a Dockerfile prints a handful. */
    private static final int MOST = 64;

    private static final int LONGEST = 4096;

    HeldBlock(int number, String name) {
        this(number, name, new ArrayList<>());
    }

    /** Takes a line behind its number; returns false if the line is of another vertex, or too much for a block of this kind. */
    boolean take(int number, byte[] line, int from, int to) {
        boolean own = number == this.number && lines.size() < MOST && to - from <= LONGEST;
        if (own) {
            lines.add(Arrays.copyOfRange(line, from, to));
        }
        return own;
    }
}
