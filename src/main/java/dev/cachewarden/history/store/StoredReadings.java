package dev.cachewarden.history.store;

import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes {@link RecordsRead} for readings that this replica did not make: those of another replica, and those from before its start. It
 * handles one builder at a time, to keep the load low.
 */
@Component
public class StoredReadings {

    private static final String LAST = """
            select taken_at, fingerprint from (
                select taken_at, fingerprint from usage_sample
                where builder_id = ? and resolution_seconds = 0 order by taken_at desc limit 1) s
            where fingerprint is not null""";

    private static final String LIVE = "select " + RecordColumns.OF_ROW
            + " from cache_record r where r.builder_id = ? and r.missing_since is null";

    private final JdbcTemplate jdbc;
    private final LastReadings readings;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate reading;
    private final Map<BuilderId, UUID> published = new ConcurrentHashMap<>();

    StoredReadings(
            JdbcTemplate jdbc,
            LastReadings readings,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.readings = readings;
        this.events = events;
        // Records and fingerprint must be of one reading, even while the next one is being stored.
        this.reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    @EventListener
    void on(RecordsRead read) {
        published.put(read.builder(), read.fingerprint());
    }

    /**
     * Publishes every last reading that was not published yet.
     *
     * @param goesOn called before each reading; false stops the work
     */
    public void publishNew(BooleanSupplier goesOn) {
        var last = readings.lastReadings();
        published.keySet().retainAll(last.keySet());
        last.forEach((builder, read) -> {
            var fingerprint = read.fingerprint();
            if (goesOn.getAsBoolean() && fingerprint != null && !fingerprint.equals(published.get(builder))) {
                publish(builder);
            }
        });
    }

    private void publish(BuilderId builder) {
        // The result is empty if the builder was removed, or while a run deletes records.
        List<RecordsRead> found = reading.execute(
                status -> jdbc.query(LAST, (ResultSet row, int number) -> read(builder, row), builder.value()));
        Objects.requireNonNullElse(found, List.<RecordsRead>of()).forEach(events::publishEvent);
    }

    private RecordsRead read(BuilderId builder, ResultSet row) throws SQLException {
        return new RecordsRead(
                builder,
                Rows.time(row, "taken_at"),
                Objects.requireNonNull(row.getObject("fingerprint", UUID.class)),
                jdbc.query(LIVE, (record, number) -> RecordColumns.read(record), builder.value()));
    }
}
