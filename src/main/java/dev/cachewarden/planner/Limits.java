package dev.cachewarden.planner;

import org.jspecify.annotations.Nullable;

/**
 * The space limits of a rule, with BuildKit's names.
 *
 * @param maxUsedSpace the rule deletes records until no more than this is used; null for no such limit
 * @param minFreeSpace the rule deletes records until this much of the disk is free; null for no such limit
 * @param reservedSpace the rule stops before less than this is used; without the other limits, it prunes down to this size. Null for no
 *     lower bound
 */
public record Limits(
        @Nullable Space maxUsedSpace,
        @Nullable Space minFreeSpace,
        @Nullable Space reservedSpace) {

    public static final Limits NONE = new Limits(null, null, null);

    public Limits {
        if (maxUsedSpace instanceof Space.Bytes max
                && reservedSpace instanceof Space.Bytes reserved
                && reserved.size().compareTo(max.size()) > 0) {
            throw contradiction(reservedSpace, maxUsedSpace);
        }
        if (maxUsedSpace instanceof Space.ShareOfDisk max
                && reservedSpace instanceof Space.ShareOfDisk reserved
                && reserved.percent() > max.percent()) {
            throw contradiction(reservedSpace, maxUsedSpace);
        }
    }

    private static IllegalArgumentException contradiction(Space reserved, Space max) {
        return new IllegalArgumentException("reservedSpace (" + exact(reserved) + ") must not exceed maxUsedSpace ("
                + exact(max) + "), or the rule could never reach its limit");
    }

    private static String exact(Space space) {
        return space instanceof Space.Bytes bytes ? bytes.size().exact() : space.toString();
    }

    public boolean none() {
        return maxUsedSpace == null && minFreeSpace == null && reservedSpace == null;
    }

    /** Returns whether the limits depend on the size or free space of the disk. */
    public boolean needDisk() {
        return minFreeSpace != null
                || maxUsedSpace instanceof Space.ShareOfDisk
                || reservedSpace instanceof Space.ShareOfDisk;
    }
}
