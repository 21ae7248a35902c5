package dev.cachewarden.buildcache;

/** What stands between a record and being pruned; each record is in exactly one of these at a time. */
public enum UsageState {
    /** Held by nothing else: pruning it frees its bytes. */
    RECLAIMABLE,
    /** Its data is held by an image as well: pruning it frees nothing. */
    SHARED,
    /** A running build holds it. */
    IN_USE,
    /** A running build holds it, and its data is held by an image as well. */
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
