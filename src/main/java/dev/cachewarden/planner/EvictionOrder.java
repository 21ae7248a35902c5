package dev.cachewarden.planner;

/** A rule's order of deletion, for rules that do not delete all records. */
public enum EvictionOrder {
    /**
     * The record unused for the longest time, or created earliest if it was never used. Ties are ordered by fewer uses, larger size, and
     * ID.
     */
    LEAST_RECENTLY_USED("Least recently used", "least recently used", false),
    /**
     * The order and the limits of BuildKit: the record with the lowest sum of the ranks of last use and number of uses. It deletes until
     * less than the limit is used, which is one record more. {@code reservedSpace} is a lower bound of the limit and not of the remaining
     * bytes. An age never keeps a record that was never used.
     */
    BUILDKIT("BuildKit order", "least recently used", false),
    /**
     * The record whose loss costs least: its rebuild time as of the latest builds, multiplied by its frequency of use, per byte. Older uses
     * count less. If the rebuild time of its step is unknown, the record is assumed to have the median cost per byte of the others. Limits,
     * reserved space, and ages apply as in {@link #LEAST_RECENTLY_USED}, which also orders ties.
     */
    CHEAPEST_TO_REBUILD("Cheapest to rebuild, by size and use", "cheapest to rebuild", true);

    private final String label;
    private final String first;
    private final boolean needsRebuildTimes;

    EvictionOrder(String label, String first, boolean needsRebuildTimes) {
        this.label = label;
        this.first = first;
        this.needsRebuildTimes = needsRebuildTimes;
    }

    /** Returns the name that pages show. */
    public String label() {
        return label;
    }

    /** Returns which records it deletes first, as part of a sentence. */
    public String first() {
        return first;
    }

    /**
     * Returns whether it compares records by their rebuild times. The description of a record identifies its step and therefore its rebuild
     * time. Because older uses count less, such an order also changes while the cache does not.
     */
    public boolean needsRebuildTimes() {
        return needsRebuildTimes;
    }
}
