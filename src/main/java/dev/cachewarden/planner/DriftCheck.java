package dev.cachewarden.planner;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a plan with the current cache, which decides what the run may still delete.
 *
 * @param deletions records to delete, in the order of the plan; no current record outside this list is a child of one of them
 * @param kept the other records and why the run skips each of them, in the order of the plan
 */
public record DriftCheck(List<PlannedRecord> deletions, Map<PlannedRecord, Drift> kept) {

    /**
     * The tolerance for equal times. The store keeps microseconds, engines report nanoseconds, and no build uses a record twice within it.
     */
    private static final Duration SAME_TIME = Duration.ofMillis(1);

    public DriftCheck {
        deletions = List.copyOf(deletions);
    }

    /**
     * Compares a plan with the current records.
     *
     * @param planned children before their parents
     * @param current all records of a new snapshot
     * @param pins the pins currently in force; a record that matches one of them stays, even if the plan lists it
     */
    public static DriftCheck of(List<PlannedRecord> planned, Collection<CacheRecord> current, List<Filter> pins) {
        var checks = new LinkedHashMap<Filter, Predicate<CacheRecord>>();
        pins.forEach(pin -> checks.put(pin, pin.predicate()));
        var byId = new HashMap<String, CacheRecord>();
        var children = new HashMap<String, List<String>>();
        for (var record : current) {
            byId.put(record.id(), record);
            for (String parent : record.parents()) {
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(record.id());
            }
        }
        var deletions = new ArrayList<PlannedRecord>();
        var deletedIds = new HashSet<String>();
        var kept = new LinkedHashMap<PlannedRecord, Drift>();
        for (var record : planned) {
            var now = byId.get(record.id());
            var pin = now == null ? null : pinOf(now, checks);
            var drift = pin == null
                    ? drift(record, now, children.getOrDefault(record.id(), List.of()), deletedIds)
                    : new Drift.PinnedNow(pin);
            if (drift == null) {
                deletions.add(record);
                deletedIds.add(record.id());
            } else {
                kept.put(record, drift);
            }
        }
        return new DriftCheck(deletions, kept);
    }

    private static @Nullable Filter pinOf(CacheRecord record, Map<Filter, Predicate<CacheRecord>> checks) {
        for (var check : checks.entrySet()) {
            if (check.getValue().test(record)) {
                return check.getKey();
            }
        }
        return null;
    }

    private static @Nullable Drift drift(
            PlannedRecord planned, @Nullable CacheRecord now, List<String> children, Set<String> deletedIds) {
        if (now == null) {
            return new Drift.Gone();
        }
        var own = ownDrift(planned, now);
        if (own != null) {
            return own;
        }
        return children.stream()
                .filter(child -> !deletedIds.contains(child))
                .min(String::compareTo)
                .map(Drift.HeldByChild::new)
                .orElse(null);
    }

    private static @Nullable Drift ownDrift(PlannedRecord planned, CacheRecord now) {
        if (now.inUse()) {
            return new Drift.InUseNow();
        }
        if (now.shared() && !planned.shared()) {
            return new Drift.SharedNow();
        }
        if (now.usageCount() != planned.usageCount() || moved(planned.lastUsedAt(), now.lastUsedAt())) {
            return new Drift.UsedSince();
        }
        if (!now.size().equals(planned.size())) {
            return new Drift.SizeChanged(planned.size(), now.size());
        }
        return now.type().equals(planned.type()) ? null : new Drift.TypeChanged(planned.type(), now.type());
    }

    private static boolean moved(@Nullable Instant planned, @Nullable Instant now) {
        if (planned == null || now == null) {
            return planned != null || now != null;
        }
        return Duration.between(planned, now).abs().compareTo(SAME_TIME) > 0;
    }
}
