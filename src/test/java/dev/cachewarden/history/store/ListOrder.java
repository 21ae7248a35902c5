package dev.cachewarden.history.store;

import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery.Sort;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The orders of a list of records, said in Java. */
final class ListOrder {

    private ListOrder() {}

    static Comparator<RecordLife> of(Sort sort, boolean descending) {
        Comparator<RecordLife> byKey = switch (sort) {
            case SIZE -> Comparator.comparing(life -> life.record().size());
            case LAST_USED ->
                Comparator.comparing(life -> orEarliest(life.record().lastUsedAt()));
            case CREATED ->
                Comparator.comparing(life -> orEarliest(life.record().createdAt()));
            case USES -> Comparator.comparing(life -> life.record().usageCount());
            case TYPE -> Comparator.comparing(life -> life.record().type());
        };
        Comparator<RecordLife> ties = Comparator.comparing(
                        (RecordLife life) -> life.builder().value())
                .thenComparing(life -> life.record().id());
        // The ascending list is the descending one the other way round.
        return descending ? byKey.reversed().thenComparing(ties) : byKey.thenComparing(ties.reversed());
    }

    private static Instant orEarliest(@Nullable Instant time) {
        return time == null ? Instant.MIN : time;
    }
}
