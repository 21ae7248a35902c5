package dev.cachewarden.planner;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The records that a rule considers.
 *
 * @param types the types to include; if empty, all types except internal and frontend, which a rule considers only if it names or includes
 *     them
 * @param filters the filters that a record must match, all of them
 * @param includeShared whether records that share their data with an image may be deleted; that frees nothing until the image is deleted
 *     too
 * @param includeInternal whether an empty list of types also includes internal and frontend records
 */
public record Selection(Set<RecordType> types, List<Filter> filters, boolean includeShared, boolean includeInternal) {

    /** All records except internal, frontend, and shared records. */
    public static final Selection USUAL = new Selection(Set.of(), List.of(), false, false);

    /** All records without exception. */
    public static final Selection ALL = new Selection(Set.of(), List.of(), true, true);

    public Selection {
        types = Set.copyOf(types);
        filters = List.copyOf(filters);
    }

    /** Returns a selection of only these types. */
    public static Selection ofTypes(RecordType... types) {
        return new Selection(Set.of(types), List.of(), false, false);
    }

    /** Returns whether the rule considers records of a type at all. */
    public boolean looksAt(RecordType type) {
        return types.isEmpty() ? includeInternal || !type.prunedOnlyOnRequest() : types.contains(type);
    }

    /**
     * Returns a predicate that tests all filters regardless of the type, or null if there are no filters. Callers create it once for many
     * records.
     */
    public @Nullable Predicate<CacheRecord> filter() {
        return filters.stream().map(Filter::predicate).reduce(Predicate::and).orElse(null);
    }

    /**
     * Returns a predicate that tests types and filters, but not whether a shared record may be deleted. Callers create it once for many
     * records.
     */
    public Predicate<CacheRecord> predicate() {
        var filter = filter();
        return record -> looksAt(record.type()) && (filter == null || filter.test(record));
    }
}
