package dev.cachewarden.history.store;

import static java.util.stream.Collectors.joining;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of {@code cache_record} for a {@link CacheRecord}. All statements and the {@link Fingerprint} derive from this list.
 *
 * <p>{@link #set} passes many records to one statement, with one array per column. Any number of records needs only one round trip and one
 * plan.
 */
final class RecordColumns {

    private static final String SEPARATOR = "\u001f";

    private static final String ID = "record_id";

    private static final List<Column> ALL = List.of(
            text(ID, CacheRecord::id),
            text("type", record -> record.type().name()),
            text("description", CacheRecord::description),
            // PostgreSQL arrays of arrays must be rectangular, so the parents of a record are passed as one text.
            new Column(
                    "parents",
                    "text",
                    "string_to_array(n.parents, chr(31))",
                    record -> String.join(SEPARATOR, record.parents()),
                    (record, hash) -> hash.add(record.parents())),
            flag("mutable", CacheRecord::mutable),
            flag("in_use", CacheRecord::inUse),
            flag("shared", CacheRecord::shared),
            number("size_bytes", record -> record.size().bytes()),
            time("created_at", CacheRecord::createdAt),
            time("last_used_at", CacheRecord::lastUsedAt),
            number("usage_count", CacheRecord::usageCount));

    /** The names of the columns. */
    static final String NAMES = each(Column::name);

    /** The columns of a row {@code r}, for {@link #read}. */
    static final String OF_ROW = each(column -> "r." + column.name);

    /** Converts the arrays to rows {@code n}; the counterpart of {@link #set}. */
    static final String AS_ROWS = "unnest(" + each(column -> "?::" + column.type + "[]") + ") as n (" + NAMES + ")";

    /** The values of a row {@code n} in the order of {@link #NAMES}. */
    static final String VALUES = each(Column::value);

    /** The assignments that replace all columns of a row that an insert conflicts with, except its ID. */
    static final String UPDATES = ALL.stream()
            .map(Column::name)
            .filter(name -> !name.equals(ID))
            .map(name -> name + " = excluded." + name)
            .collect(joining(", "));

    private RecordColumns() {}

    /**
     * A column.
     *
     * @param type SQL type of the parameter
     * @param value SQL expression of the value in a row {@code n}
     * @param of returns the parameter for a record, whose {@code toString()} the driver uses
     * @param hash adds the attribute of a record to a hash, without an object for each number
     */
    private record Column(
            String name,
            String type,
            String value,
            Function<CacheRecord, ? extends @Nullable Object> of,
            BiConsumer<CacheRecord, Fingerprint> hash) {}

    private static Column column(
            String name,
            String type,
            Function<CacheRecord, ? extends @Nullable Object> of,
            BiConsumer<CacheRecord, Fingerprint> hash) {
        return new Column(name, type, "n." + name, of, hash);
    }

    private static Column text(String name, Function<CacheRecord, String> of) {
        return column(name, "text", of, (record, hash) -> hash.add(of.apply(record)));
    }

    private static Column flag(String name, Function<CacheRecord, @Nullable Boolean> of) {
        return column(name, "bool", of, (record, hash) -> hash.add(of.apply(record)));
    }

    private static Column number(String name, ToLongFunction<CacheRecord> of) {
        return column(name, "int8", of::applyAsLong, (record, hash) -> hash.add(of.applyAsLong(record)));
    }

    private static Column time(String name, Function<CacheRecord, @Nullable Instant> of) {
        return column(name, "timestamptz", of, (record, hash) -> hash.add(of.apply(record)));
    }

    private static String each(Function<Column, String> sql) {
        return ALL.stream().map(sql).collect(joining(", "));
    }

    static CacheRecord read(ResultSet row) throws SQLException {
        return new CacheRecord(
                Rows.text(row, ID),
                new RecordType(Rows.text(row, "type")),
                List.of((String[]) row.getArray("parents").getArray()),
                Rows.text(row, "description"),
                row.getBoolean("in_use"),
                row.getBoolean("shared"),
                row.getObject("mutable", Boolean.class),
                new ByteSize(row.getLong("size_bytes")),
                Rows.timeOrNull(row, "created_at"),
                Rows.timeOrNull(row, "last_used_at"),
                row.getLong("usage_count"));
    }

    /**
     * Passes records to a statement.
     *
     * @param from number of the first parameter of {@link #AS_ROWS}
     */
    static void set(PreparedStatement statement, int from, List<CacheRecord> records) throws SQLException {
        int next = from;
        for (var column : ALL) {
            statement.setArray(next++, statement.getConnection().createArrayOf(column.type, values(column, records)));
        }
    }

    @SuppressWarnings("NullAway") // An array for the driver, in which null stands for NULL.
    private static Object[] values(Column column, List<CacheRecord> records) {
        return records.stream().map(column.of).toArray();
    }

    /** Adds all attributes of a record to a hash, in the order of the columns. */
    static void addTo(Fingerprint hash, CacheRecord record) {
        for (var column : ALL) {
            column.hash.accept(record, hash);
        }
    }
}
