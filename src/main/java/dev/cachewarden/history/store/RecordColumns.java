package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes many records to one statement, with one array per column. Any number of records needs only one round trip and one plan. */
final class RecordColumns {

    /** Converts the arrays to rows {@code n}; the counterpart of {@link #set}. */
    static final String AS_ROWS = """
            unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[], ?::boolean[], ?::boolean[], ?::bigint[],
                   ?::timestamptz[], ?::timestamptz[], ?::bigint[])
                as n (record_id, type, description, parents, mutable, in_use, shared, size_bytes, created_at, last_used_at,
                      usage_count)""";

    /** The parents of one record of {@code n}. PostgreSQL arrays of arrays must be rectangular, so the parents are passed as one text. */
    static final String PARENTS = "string_to_array(n.parents, chr(31))";

    private static final String SEPARATOR = "\u001f";

    private RecordColumns() {}

    static void set(PreparedStatement statement, int from, List<CacheRecord> records) throws SQLException {
        var columns = new Columns(statement, records, from);
        columns.text(CacheRecord::id);
        columns.text(record -> record.type().name());
        columns.text(CacheRecord::description);
        columns.text(record -> String.join(SEPARATOR, record.parents()));
        columns.add("bool", CacheRecord::mutable);
        columns.add("bool", CacheRecord::inUse);
        columns.add("bool", CacheRecord::shared);
        columns.add("int8", record -> record.size().bytes());
        columns.text(record -> textOrNull(record.createdAt()));
        columns.text(record -> textOrNull(record.lastUsedAt()));
        columns.add("int8", CacheRecord::usageCount);
    }

    private static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static final class Columns {

        private final Connection connection;
        private final PreparedStatement statement;
        private final List<CacheRecord> records;
        private int next;

        Columns(PreparedStatement statement, List<CacheRecord> records, int from) throws SQLException {
            this.connection = statement.getConnection();
            this.statement = statement;
            this.records = records;
            this.next = from;
        }

        void text(Function<CacheRecord, @Nullable String> column) throws SQLException {
            add("text", column);
        }

        void add(String type, Function<CacheRecord, ? extends @Nullable Object> column) throws SQLException {
            statement.setArray(next++, connection.createArrayOf(type, values(column)));
        }

        @SuppressWarnings("NullAway") // An array for the driver, in which null stands for NULL.
        private Object[] values(Function<CacheRecord, ? extends @Nullable Object> column) {
            var values = new Object[records.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = column.apply(records.get(i));
            }
            return values;
        }
    }
}
