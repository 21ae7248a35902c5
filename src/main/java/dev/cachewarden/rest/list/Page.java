package dev.cachewarden.rest.list;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, in the order of the list.
 *
 * @param items at most as many items as the caller requested
 * @param next cursor for the next page ({@code after=}), or null if this is the last page
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
