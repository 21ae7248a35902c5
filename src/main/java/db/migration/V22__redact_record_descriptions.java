package db.migration;

import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Removes secrets from descriptions of cache records that earlier versions stored as the builder sent them.
 *
 * <p>Goes through the tables in batches, each in a transaction of its own, so that no lock lasts and a migration that breaks off may run
 * again. Flyway lets one replica migrate at a time. The last reading of a builder whose records change loses its fingerprint, so that the
 * next reading is compared record by record and reports no change that the builder did not make.
 */
public class V22__redact_record_descriptions extends BaseJavaMigration {

    private static final int BATCH = 2_000;

    private static final String FORGET_FINGERPRINT = """
            update usage_sample s set fingerprint = null
            where s.builder_id = ? and s.resolution_seconds = 0 and s.taken_at = (
                select max(taken_at) from usage_sample where builder_id = s.builder_id and resolution_seconds = 0)""";

    /** A table with descriptions, and the two columns of its key. */
    private record Described(String table, String first, String second) {

        String select() {
            return "select " + first + ", " + second + ", description from " + table + " where (" + first + ", "
                    + second + ") > (?, ?) order by " + first + ", " + second + " limit " + BATCH;
        }

        String update() {
            return "update " + table + " set description = ? where " + first + " = ? and " + second
                    + " = ? and description = ?";
        }
    }

    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        var connection = context.getConnection();
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            redact(connection, new Described("cache_record", "builder_id", "record_id"), "");
            redact(connection, new Described("prune_plan_record", "plan_id", "position"), 0);
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void redact(Connection connection, Described described, Object beforeFirst) throws SQLException {
        long first = Long.MIN_VALUE;
        Object second = beforeFirst;
        boolean more = true;
        while (more) {
            int rows = 0;
            var changed = new TreeSet<Long>();
            try (var select = connection.prepareStatement(described.select());
                    var update = connection.prepareStatement(described.update())) {
                select.setLong(1, first);
                select.setObject(2, second);
                var found = select.executeQuery();
                while (found.next()) {
                    rows++;
                    first = found.getLong(1);
                    second = found.getObject(2);
                    if (redact(update, first, second, found.getString(3))) {
                        changed.add(first);
                    }
                }
                update.executeBatch();
            }
            if (described.table().equals("cache_record")) {
                forgetFingerprints(connection, changed);
            }
            connection.commit();
            more = rows == BATCH;
        }
    }

    private static boolean redact(PreparedStatement update, long first, Object second, String description)
            throws SQLException {
        String redacted = Secrets.redact(CleanText.of(description));
        if (redacted.equals(description)) {
            return false;
        }
        update.setString(1, redacted);
        update.setLong(2, first);
        update.setObject(3, second);
        update.setString(4, description);
        update.addBatch();
        return true;
    }

    private static void forgetFingerprints(Connection connection, Set<Long> builders) throws SQLException {
        try (var forget = connection.prepareStatement(FORGET_FINGERPRINT)) {
            for (long builder : builders) {
                forget.setLong(1, builder);
                forget.addBatch();
            }
            forget.executeBatch();
        }
    }
}
