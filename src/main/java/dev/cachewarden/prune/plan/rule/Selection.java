package dev.cachewarden.prune.plan.rule;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records a rule looks at.
 *
 * @param types any of these; empty: all but internal and frontend records, which are looked at only where they are named or included
 * @param filters all of these
 * @param includeShared whether records may go whose data an image holds as well; that frees nothing until the image goes too
 * @param includeInternal whether no type named means internal and frontend records too
 */
public record Selection(Set<RecordType> types, List<Filter> filters, boolean includeShared, boolean includeInternal) {

    /** All but internal, frontend and shared records. */
    public static final Selection USUAL = new Selection(Set.of(), List.of(), false, false);

    /** Without exception. */
    public static final Selection ALL = new Selection(Set.of(), List.of(), true, true);

    public Selection {
        types = Set.copyOf(types);
        filters = List.copyOf(filters);
    }

    /** Of these types only. */
    public static Selection ofTypes(RecordType... types) {
        return new Selection(Set.of(types), List.of(), false, false);
    }

    /** Whether it looks at records of a type at all. */
    public boolean looksAt(RecordType type) {
        return types.isEmpty() ? includeInternal || !type.prunedOnlyOnRequest() : types.contains(type);
    }

    /** Whether a record passes all filters, whatever its type; made once for many records. Null: there are none. */
    public @Nullable Predicate<CacheRecord> filter() {
        return filters.stream().map(Filter::predicate).reduce(Predicate::and).orElse(null);
    }

    /** Says nothing about whether a record that is shared may go; made once for many records. */
    public Predicate<CacheRecord> predicate() {
        var filter = filter();
        return record -> looksAt(record.type()) && (filter == null || filter.test(record));
    }
}
