package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * What the history must do on every PostgreSQL it may meet. A subclass says only which database that is; two hosts with a builder each,
 * both numbered 1 and 2, are there at the beginning of each test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreContract {

    static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    static final BuilderId BUILDER = new BuilderId(1);
    static final BuilderId OTHER_BUILDER = new BuilderId(2);

    private AnnotationConfigApplicationContext context;
    private TestDatabase database;

    ReadingStore store;
    UsageHistory history;
    HistoryUpkeep upkeep;
    Leases leases;
    JdbcTemplate jdbc;

    /** Migrated; closed after the class. */
    abstract TestDatabase openDatabase();

    @BeforeAll
    void start() {
        database = openDatabase();
        jdbc = database.jdbc();
        context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, database::dataSource);
        context.register(Beans.class);
        context.refresh();
        store = context.getBean(ReadingStore.class);
        history = context.getBean(UsageHistory.class);
        upkeep = context.getBean(HistoryUpkeep.class);
        leases = context.getBean(Leases.class);
    }

    @AfterAll
    void stop() {
        context.close();
        database.close();
    }

    @BeforeEach
    void startEmpty() {
        database.clear();
        published().clear();
        for (String name : List.of("one", "two")) {
            jdbc.update("""
                    insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                    values (?, 'DOCKER_ENGINE', 'tcp://' || ? || ':2375', 60, now(), now())""", name, name);
        }
        jdbc.update(
                "insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from host order by id");
    }

    /** What was published, after commit. */
    List<UsageSampled> published() {
        return context.getBean(Beans.class).published;
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

    // Not a @Configuration, or component scans of other tests would find it.
    @EnableTransactionManagement
    @Import({
        ReadingStore.class,
        StoredUsageHistory.class,
        RecordLists.class,
        UsageSeries.class,
        PruneMarks.class,
        HistoryUpkeep.class,
        Leases.class
    })
    static class Beans {

        final List<UsageSampled> published = new CopyOnWriteArrayList<>();

        @TransactionalEventListener
        void on(UsageSampled event) {
            published.add(event);
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        InstantSource clock() {
            return InstantSource.fixed(NOON);
        }

        @Bean
        HistorySettings settings() {
            return new HistorySettings(
                    true,
                    32,
                    Duration.ofMinutes(10),
                    Duration.ofHours(48),
                    Duration.ofDays(30),
                    Duration.ofDays(730),
                    Duration.ofDays(90),
                    Duration.ofDays(90));
        }
    }
}
