package dev.cachewarden.prune.plan.rule;

/** Which record goes first where not all have to. */
public enum EvictionOrder {
    /** The one not used, or never used but made, for the longest; ties by fewer uses, larger size, id. */
    LEAST_RECENTLY_USED,
    /**
     * As BuildKit does it: the lowest sum of the ranks of last use and number of uses, and its arithmetic of limits. It deletes until
     * less than the limit is used, so one record more; {@code reservedSpace} is a floor of the limit and not of what is left; an age
     * spares no record that was never used.
     */
    BUILDKIT,
    /**
     * The one whose loss costs least: seconds to make it again, as builds last took for it, times how often it is used, for each byte; uses
     * long ago count less. Where nothing is known of its step, it is taken to cost what others do by size. Limits, floor and ages are as in
     * {@link #LEAST_RECENTLY_USED}, which also decides between equals.
     */
    CHEAPEST_TO_REBUILD
}
