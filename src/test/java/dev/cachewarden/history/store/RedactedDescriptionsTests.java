package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.text.Secrets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Records that an earlier version stored with the secrets in their descriptions. */
class RedactedDescriptionsTests {

    private static final String SECRET =
            "mount / from exec /bin/sh -c curl -H 'Authorization: Bearer s3cr3ts3cr3ts3cr3t' x";
    private static final String REDACTED = Secrets.redact(SECRET);
    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final BuilderId BUILDER = new BuilderId(1);

    @Test
    void areRedactedOnceAndReportNoChange() {
        try (var database = TestDatabase.create()) {
            var context = HistoryContext.on(database, NOON.toString());
            context.clear();
            context.addBuilder("one");
            var store = context.get(ReadingStore.class);
            var jdbc = context.jdbc();
            var before = aRecord("aaa").described(SECRET).build();
            store.store(reading(NOON, before, aRecord("bbb").build()), true);
            addManyGone(jdbc);

            migrateAgain(jdbc, database);

            assertThat(description(jdbc, "aaa")).isEqualTo(REDACTED);
            assertThat(jdbc.queryForObject(
                            "select count(*) from cache_record where description like '%s3cr3t%'", Long.class))
                    .isZero();
            var now = NOON.plusSeconds(60);
            assertThat(store.store(
                            reading(
                                    now,
                                    aRecord("aaa").described(REDACTED).build(),
                                    aRecord("bbb").build()),
                            true))
                    .isEqualTo(ReadingStore.Outcome.UNCHANGED);
            assertThat(context.published().getLast()).isEqualTo(new UsageSampled(new HostId(1), BUILDER, now, false));
            assertThat(jdbc.queryForObject("select count(*) from record_use", Long.class))
                    .isZero();

            var later = now.plusSeconds(60);
            assertThat(store.store(
                            reading(later, aRecord("aaa").described(REDACTED).build()), true))
                    .as("a real change is one")
                    .isEqualTo(ReadingStore.Outcome.CHANGED);
        }
    }

    @Test
    void stayAsTheyAreAtTheSecondTime() {
        assertThat(Secrets.redact(REDACTED)).isEqualTo(REDACTED);
    }

    /** More than one batch, most of them without a secret. */
    private static void addManyGone(JdbcTemplate jdbc) {
        jdbc.update("""
                        insert into cache_record (builder_id, record_id, type, description, parents, in_use, shared, size_bytes,
                            usage_count, first_seen_at, changed_at, gone_at, gone_cause)
                        select 1, 'old' || n, 'regular', case when n % 1000 = 0 then ? else 'RUN make ' || n end, '{}', false,
                            false, 1, 0, now(), now(), now(), 'UNKNOWN' from generate_series(1, 5000) n""", SECRET);
    }

    private static void migrateAgain(JdbcTemplate jdbc, TestDatabase database) {
        jdbc.update("delete from flyway_schema_history where version = '22'");
        Flyway.configure()
                .dataSource(database.dataSource())
                .outOfOrder(true)
                .load()
                .migrate();
    }

    private static @Nullable String description(JdbcTemplate jdbc, String id) {
        return jdbc.queryForObject("select description from cache_record where record_id = ?", String.class, id);
    }

    private static BuilderReading reading(Instant at, CacheRecord... records) {
        return BuilderReading.of(new HostId(1), BUILDER, at, Duration.ofMillis(40), List.of(records));
    }
}
