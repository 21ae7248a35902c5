package dev.cachewarden.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, in the list's order.
 *
 * @param items at most as many as were asked for
 * @param next cursor for the following part ({@code after=}); null: this is the end
 */
public record Page<T>(List<T> items, @Nullable String next) {
    public Page {
        items = List.copyOf(items);
    }

    /** Returns a list as its only page. */
    public static <T> Page<T> whole(List<T> items) {
        return new Page<>(items, null);
    }
}
