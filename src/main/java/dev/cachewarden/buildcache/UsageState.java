package dev.cachewarden.buildcache;

/** The usage of a record, which determines the effect of a prune. Each record is in exactly one of these states. */
public enum UsageState {
    /** Nothing else uses it: pruning it frees its bytes. */
    RECLAIMABLE,
    /** An image also uses its data: pruning it frees nothing. */
    SHARED,
    /** A running build uses it. */
    IN_USE,
    /** A running build uses it, and an image also uses its data. */
    IN_USE_SHARED;

    public static UsageState of(CacheRecord record) {
        return of(record.inUse(), record.shared());
    }

    public static UsageState of(boolean inUse, boolean shared) {
        if (inUse) {
            return shared ? IN_USE_SHARED : IN_USE;
        }
        return shared ? SHARED : RECLAIMABLE;
    }

    public boolean inUse() {
        return this == IN_USE || this == IN_USE_SHARED;
    }

    public boolean shared() {
        return this == SHARED || this == IN_USE_SHARED;
    }
}
