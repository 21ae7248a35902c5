package dev.cachewarden.testing;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.history.UsageSampled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.util.unit.DataSize;

/**
 * The stored history on a database of its own, without the rest of the application: {@code UsageHistory} and what is behind it. For
 * tests that need real readings.
 */
public final class HistoryContext implements BeforeAllCallback, AfterAllCallback {

    private final Instant now;
    private TestDatabase database;
    private AnnotationConfigApplicationContext context;

    private HistoryContext(TestDatabase database, Instant now) {
        this.now = now;
        this.database = database;
        this.context = open(database, now);
    }

    private static AnnotationConfigApplicationContext open(TestDatabase database, Instant now) {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(DataSource.class, database::dataSource);
        context.registerBean(InstantSource.class, () -> InstantSource.fixed(now));
        context.register(Beans.class);
        context.refresh();
        return context;
    }

    /** @param now the fixed time of its clock */
    public static HistoryContext at(String now) {
        return on(TestDatabase.create(), now);
    }

    /** On a database that the context closes. */
    public static HistoryContext on(TestDatabase database, String now) {
        return new HistoryContext(database, Instant.parse(now));
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Returns the published readings, in order. */
    public List<RecordsRead> recordsRead() {
        return List.copyOf(context.getBean(Beans.class).recordsRead);
    }

    /** Publishes an event to all listeners. */
    public void publish(Object event) {
        context.publishEvent(event);
    }

    public JdbcTemplate jdbc() {
        return database.jdbc();
    }

    /** Deletes all data, including the hosts. */
    public void clear() {
        database.clear();
        published().clear();
        context.getBean(Beans.class).recordsRead.clear();
    }

    /** Returns the events that were published after a commit, in order. */
    public List<UsageSampled> published() {
        return context.getBean(Beans.class).published;
    }

    /** Adds a host of this name with a builder; both are numbered from 1 after {@link #clear}. */
    public void addBuilder(String host) {
        jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since)
                    values (?, 'DOCKER_ENGINE', 'tcp://nowhere:2375', 60, now(), now()) returning id)
                insert into builder (host_id, name, driver, created_at) select id, 'default', 'docker', now() from added""", host);
    }

    /** Opens the context again if several test classes inherit it. */
    @Override
    public void beforeAll(ExtensionContext tests) {
        if (!context.isActive()) {
            database = TestDatabase.create();
            context = open(database, now);
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    public void close() {
        context.close();
        database.close();
    }

    /** Returns settings with usual retention times. */
    public static HistorySettings settings(int concurrentReadings) {
        return new HistorySettings(
                true,
                concurrentReadings,
                Duration.ofMinutes(10),
                Duration.ofHours(48),
                Duration.ofDays(30),
                Duration.ofDays(730),
                Duration.ofDays(90),
                Duration.ofDays(90),
                DataSize.ofMegabytes(1));
    }

    // Not a @Configuration, or component scans of other tests would find it.
    @EnableTransactionManagement
    @ComponentScan("dev.cachewarden.history.store")
    static class Beans {

        final List<UsageSampled> published = new CopyOnWriteArrayList<>();

        final List<RecordsRead> recordsRead = new CopyOnWriteArrayList<>();

        @EventListener
        void on(RecordsRead event) {
            recordsRead.add(event);
        }

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
        HistorySettings settings() {
            return HistoryContext.settings(32);
        }
    }
}
