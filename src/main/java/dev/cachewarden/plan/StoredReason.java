package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.planner.Reason;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason for a planned deletion in its JSON column. A plan can have 100,000 of them, so each contains only the values that its text
 * needs, and the number of the rule has a column of its own.
 *
 * @param code the code of the reason, or of the exceeded limit
 * @param limit the exceeded limit in bytes
 * @param used the bytes that counted towards the limit
 * @param required the age that the rule requires
 * @param unused how long the record was unused
 * @param cheapest the rebuild time, or empty if it is unknown; null if the record was not the cheapest to rebuild
 */
record StoredReason(
        String code,
        @Nullable Long limit,
        @Nullable Long used,
        @Nullable String required,
        @Nullable String unused,
        @Nullable String cheapest) {

    static String write(Reason.Taken reason) {
        return Columns.json(of(reason));
    }

    /** Returns the reason that a column contains. */
    static Reason.Taken read(int rule, String json) {
        return Columns.fromJson(json, StoredReason.class).reason(rule);
    }

    private static StoredReason of(Reason.Taken reason) {
        return switch (reason) {
            case Reason.Unused it ->
                new StoredReason(it.code(), null, null, it.unusedFor().toString(), text(it.unused()), null);
            case Reason.NoRoom it -> limit(it, it.exceeded(), it.counted());
            case Reason.LowestRank it -> limit(it, it.limit(), it.used());
            case Reason.CheapestToRebuild it -> {
                var lack = of(it.lack());
                yield new StoredReason(
                        lack.code,
                        lack.limit,
                        lack.used,
                        null,
                        null,
                        Objects.requireNonNullElse(text(it.rebuild()), ""));
            }
        };
    }

    private static StoredReason limit(Reason.Taken reason, ByteSize limit, ByteSize used) {
        return new StoredReason(reason.code(), limit.bytes(), used.bytes(), null, null, null);
    }

    private Reason.Taken reason(int rule) {
        return switch (code) {
            case Reason.Unused.CODE -> new Reason.Unused(rule, Duration.parse(value(required)), duration(unused));
            case Reason.LowestRank.CODE -> new Reason.LowestRank(rule, size(limit), size(used));
            default -> noRoom(Reason.NoRoom.of(code, rule, size(limit), size(used)));
        };
    }

    private Reason.Taken noRoom(Reason.NoRoom lack) {
        return cheapest == null ? lack : new Reason.CheapestToRebuild(lack, duration(cheapest));
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    private static @Nullable Duration duration(@Nullable String text) {
        return text == null || text.isEmpty() ? null : Duration.parse(text);
    }

    private static ByteSize size(@Nullable Long bytes) {
        return new ByteSize(value(bytes));
    }

    private static <T> T value(@Nullable T value) {
        return Objects.requireNonNull(value, "a value of a stored reason");
    }
}
