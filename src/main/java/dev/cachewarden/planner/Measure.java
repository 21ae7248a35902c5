package dev.cachewarden.planner;

/** The records that count towards a rule's limits. Shared bytes never count, because a deletion of shared records frees nothing. */
public enum Measure {
    /** The records that the rule considers, as in "cache mounts at most 5 GB". */
    SELECTION,
    /** All records of the cache, as in BuildKit. */
    WHOLE_CACHE
}
