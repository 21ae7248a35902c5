package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildOrder;
import org.jspecify.annotations.Nullable;

/**
 * A column head that sorts the list of builds.
 *
 * @param href the list in the order that a click leads to
 * @param direction the current order as {@code aria-sort} names it, or null if the list has the order of another column
 */
public record SortHead(String href, @Nullable String direction) {

    /**
     * Creates the head of a column.
     *
     * @param first order after the first click; a second click leads to {@code other}
     */
    static SortHead of(ChosenBuilds chosen, BuildOrder now, BuildOrder first, BuildOrder other) {
        String direction = now.descending() ? "descending" : "ascending";
        return new SortHead(
                chosen.sorted(now == first ? other : first), now == first || now == other ? direction : null);
    }
}
