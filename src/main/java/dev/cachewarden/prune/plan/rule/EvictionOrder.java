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
    BUILDKIT
}
