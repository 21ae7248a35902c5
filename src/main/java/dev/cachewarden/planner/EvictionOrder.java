package dev.cachewarden.planner;

/** A rule's order of deletion, for rules that do not delete all records. */
public enum EvictionOrder {
    /**
     * The record unused for the longest time, or created earliest if it was never used. Ties are ordered by fewer uses, larger size, and
     * ID.
     */
    LEAST_RECENTLY_USED,
    /**
     * The order and the limits of BuildKit: the record with the lowest sum of the ranks of last use and number of uses. It deletes until
     * less than the limit is used, which is one record more. {@code reservedSpace} is a lower bound of the limit and not of the remaining
     * bytes. An age never keeps a record that was never used.
     */
    BUILDKIT,
    /**
     * The record whose loss costs least: its rebuild time as of the latest builds, multiplied by its frequency of use, per byte. Older uses
     * count less. If the rebuild time of its step is unknown, the record is assumed to have the median cost per byte of the others. Limits,
     * reserved space, and ages apply as in {@link #LEAST_RECENTLY_USED}, which also orders ties.
     */
    CHEAPEST_TO_REBUILD
}
