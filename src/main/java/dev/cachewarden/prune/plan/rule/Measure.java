package dev.cachewarden.prune.plan.rule;

/** What a rule's limits count. Shared bytes never count: deleting them frees nothing. */
public enum Measure {
    /** What the rule looks at: "cache mounts at most 5 GB". */
    SELECTION,
    /** All of the cache, as BuildKit counts. */
    WHOLE_CACHE
}
