package dev.cachewarden.policy;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.Filter.Field;
import dev.cachewarden.planner.Filter.Operator;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import java.time.Duration;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** A detector for rules that can never select a record. In doubt it reports none, because a missing warning is better than a false one. */
final class Coverage {

    private Coverage() {}

    /** Returns why no record can match a selection, or null if a record may match. */
    static @Nullable String neverMatches(Selection selection) {
        for (var one : selection.filters()) {
            for (var other : selection.filters()) {
                if (contradict(one, other)) {
                    return "no record matches both " + one + " and " + other;
                }
            }
            if (aboutType(one, Operator.EQUALS)
                    && !selection.types().isEmpty()
                    && !selection.types().contains(new RecordType(one.value()))) {
                return "the rule selects only " + names(selection) + ", but a filter requires " + one;
            }
            if (aboutMount(one)
                    && !selection.types().isEmpty()
                    && !selection.types().contains(RecordType.EXEC_CACHEMOUNT)) {
                return "only exec.cachemount records have a target or an ID, but the rule selects only "
                        + names(selection);
            }
        }
        return null;
    }

    private static String names(Selection selection) {
        return String.join(
                ", ", selection.types().stream().map(RecordType::name).sorted().toList());
    }

    private static boolean contradict(Filter one, Filter other) {
        return one.field() == other.field()
                && one.operator() == Operator.EQUALS
                && switch (other.operator()) {
                    case EQUALS -> !one.value().equals(other.value());
                    case NOT_EQUALS -> one.value().equals(other.value());
                    case MATCHES, NOT_MATCHES -> false;
                };
    }

    private static boolean aboutType(Filter filter, Operator operator) {
        return filter.field() == Field.TYPE && filter.operator() == operator;
    }

    /** Returns whether a filter requires a cache mount. Negated operators also match records without the field. */
    private static boolean aboutMount(Filter filter) {
        return (filter.field() == Field.MOUNT_TARGET || filter.field() == Field.MOUNT_ID)
                && (filter.operator() == Operator.EQUALS || filter.operator() == Operator.MATCHES);
    }

    /** Returns whether the earlier rule leaves no record that the later one selects. */
    static boolean shadows(PruneRule earlier, PruneRule later) {
        if (!includes(earlier.selection(), later.selection()) || age(earlier).compareTo(age(later)) > 0) {
            return false;
        }
        return earlier.limits().none() || tighter(earlier, later);
    }

    private static Duration age(PruneRule rule) {
        return rule.unusedFor() == null ? Duration.ZERO : rule.unusedFor();
    }

    /** Returns whether the only limit of the later rule is always met after the earlier rule. */
    private static boolean tighter(PruneRule earlier, PruneRule later) {
        boolean sameMeasure = earlier.measure() == later.measure()
                && (earlier.measure() == Measure.WHOLE_CACHE
                        || earlier.selection().equals(later.selection()));
        // A rule with an age can leave more than its limit.
        return sameMeasure && age(earlier).isZero() && earlier.limits().imply(later.limits());
    }

    /** Returns whether the wide selection includes every record of the narrow one. */
    private static boolean includes(Selection wide, Selection narrow) {
        return (wide.includeShared() || !narrow.includeShared())
                && new HashSet<>(narrow.filters()).containsAll(wide.filters())
                && types(wide, narrow);
    }

    private static boolean types(Selection wide, Selection narrow) {
        if (!wide.types().isEmpty()) {
            return !narrow.types().isEmpty() && wide.types().containsAll(narrow.types());
        }
        return wide.includeInternal()
                || (narrow.types().isEmpty()
                        ? !narrow.includeInternal()
                        : narrow.types().stream().noneMatch(RecordType::prunedOnlyOnRequest));
    }
}
