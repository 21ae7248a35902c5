package dev.cachewarden.rest.list;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The columns of a CSV list, each with its name and its value. */
public final class CsvColumns<T> {

    private final List<String> names = new ArrayList<>();
    private final List<Value<T>> values = new ArrayList<>();

    /** The value of a column, from an item of the list. */
    @FunctionalInterface
    public interface Value<T> {
        @Nullable
        Object of(T item);
    }

    /** Adds a column. Its name is the one of the field in JSON. */
    public CsvColumns<T> with(String name, Value<T> value) {
        names.add(name);
        values.add(value);
        return this;
    }

    /**
     * Writes the row of column names.
     *
     * @return a consumer that writes a row for each item, and keeps nothing in memory
     */
    public Consumer<T> writeTo(Appendable out) {
        var csv = new CsvWriter(out, names.toArray(String[]::new));
        return item -> csv.row(values.stream().map(value -> value.of(item)).toArray());
    }
}
