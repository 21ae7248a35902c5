package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the history must do on every PostgreSQL it may meet. A subclass says only which database that is; two hosts with a builder each,
 * both numbered 1 and 2, are there at the beginning of each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {

    static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    static final BuilderId BUILDER = new BuilderId(1);
    static final BuilderId OTHER_BUILDER = new BuilderId(2);

    HistoryContext context;

    ReadingStore store;
    UsageHistory history;
    HistoryUpkeep upkeep;
    Leases leases;
    JdbcTemplate jdbc;

    /** Migrated; closed after the class. */
    abstract TestDatabase openDatabase();

    @BeforeAll
    void start() {
        context = HistoryContext.on(openDatabase(), NOON.toString());
        jdbc = context.jdbc();
        store = context.get(ReadingStore.class);
        history = context.get(UsageHistory.class);
        upkeep = context.get(HistoryUpkeep.class);
        leases = context.get(Leases.class);
    }

    @AfterAll
    void stop() {
        context.close();
    }

    @BeforeEach
    void startEmpty() {
        context.clear();
        context.addBuilder("one");
        context.addBuilder("two");
    }

    /** What was published, after commit. */
    List<UsageSampled> published() {
        return context.published();
    }

    /** Stores a reading of the first builder, for certain. */
    ReadingStore.Outcome read(Instant takenAt, CacheRecord... records) {
        return store.store(reading(BUILDER, takenAt, records), true);
    }

    static BuilderReading reading(BuilderId builder, Instant takenAt, CacheRecord... records) {
        return BuilderReading.of(
                new HostId(builder.value()), builder, takenAt, Duration.ofMillis(40), List.of(records));
    }

    static Instant minute(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    long count(String table) {
        return jdbc.query("select count(*) as n from " + table, (row, number) -> row.getLong("n"))
                .getFirst();
    }
}
