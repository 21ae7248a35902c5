package dev.cachewarden.rest.list;

import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a client requests.
 *
 * @param after cursor: the value of {@code next} of the previous page; the start of the list if absent
 * @param limit maximum number of items, from 1 to 1000; if absent, 100 for JSON, and the complete list for CSV
 * @param format {@code csv} returns CSV, like {@code Accept: text/csv}
 */
public record Paging(
        @Nullable String after,
        @Nullable Integer limit,
        @Nullable String format) {

    static final String CSV = "csv";

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    /** More than any list in memory has. */
    private static final int WHOLE = 1_000_000;

    public Paging {
        after = after == null || after.isEmpty() ? null : after;
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw new InvalidInputException("limit", "must be from 1 to " + MOST + ", not " + limit);
        }
        if (format != null && !format.isEmpty() && !format.equals(CSV)) {
            throw new InvalidInputException("format", "must be 'csv', not '" + format + "'");
        }
    }

    /** Returns the maximum number of items on the page. */
    public int size() {
        if (limit != null) {
            return limit;
        }
        return CSV.equals(format) ? WHOLE : USUAL;
    }

    /**
     * Returns the page of a list that is in memory.
     *
     * @param list name of the list, as in {@link Cursor}
     * @param key the identity of an item, without control characters
     */
    public <T> Page<T> of(String list, List<T> all, Function<T, String> key) {
        int from = after == null ? 0 : position(Cursor.decode(list, after), all, key);
        int to = Math.min(all.size(), from + size());
        String next = to >= all.size()
                ? null
                : Cursor.encode(list, List.of(Integer.toString(to), key.apply(all.get(to - 1))));
        return new Page<>(all.subList(from, to), next);
    }

    /** Returns the page of a list that is in memory, as responses. */
    public <S, T> Page<T> of(String list, List<S> all, Function<S, T> response, Function<T, String> key) {
        return of(list, all.stream().map(response).toList(), key);
    }

    /** Returns the position after the last item of the previous page, or its former position if it was deleted. */
    private static <T> int position(List<String> cursor, List<T> all, Function<T, String> key) {
        String last = cursor.getLast();
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(last)) {
                return i + 1;
            }
        }
        return Math.min(Integer.parseInt(cursor.getFirst()) - 1, all.size());
    }
}
