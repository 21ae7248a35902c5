package dev.cachewarden.history.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.BuildRhythms.BuildRhythm;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredBuildRhythmsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final BuilderId BUILDER = new BuilderId(1);
    private static final Instant MONDAY = Instant.parse("2026-03-02T02:10:00Z");

    private final StoredBuildRhythms rhythms = new StoredBuildRhythms(database.jdbc());

    @BeforeEach
    void aBuilderWithThreeRecords() {
        database.clear();
        database.jdbc().update("""
                insert into host (id, name, kind, address, poll_interval_seconds, created_at, reachability_since)
                overriding system value values (1, 'h', 'DOCKER_ENGINE', 'tcp://h:1', 60, now(), now())""");
        database.jdbc().update("""
                insert into builder (id, host_id, name, driver, created_at)
                overriding system value values (1, 1, 'default', 'docker', now())""");
        record("a", 100, false);
        record("b", 20, false);
        record("shared", 5_000, true);
    }

    private void record(String id, long bytes, boolean shared) {
        database.jdbc().update("""
                insert into cache_record (builder_id, record_id, type, description, parents, in_use, shared, size_bytes,
                    usage_count, first_seen_at, changed_at)
                values (1, ?, 'regular', '', '{}', false, ?, ?, 1, now(), now())""", id, shared, bytes);
    }

    private void used(String record, Instant at) {
        var time = at.atOffset(ZoneOffset.UTC);
        database.jdbc()
                .update(
                        "insert into record_use (builder_id, record_id, seen_at, used_at, usage_count) values (1, ?, ?, ?, 1)",
                        record,
                        time.plusSeconds(30),
                        time);
    }

    @Test
    void returnsTheBusiestHourAndTheMedianGap() {
        used("a", MONDAY);
        used("a", MONDAY.plusSeconds(600));
        used("b", MONDAY.plusSeconds(900));
        used("shared", MONDAY);
        used("b", MONDAY.plus(Duration.ofDays(1)));
        used("b", MONDAY.plus(Duration.ofDays(2)));
        used("b", MONDAY.plus(Duration.ofDays(5)));

        assertThat(rhythms.of(BUILDER, MONDAY.minusSeconds(1)))
                .contains(new BuildRhythm(new ByteSize(120), Duration.ofDays(1)));
    }

    @Test
    void returnsNoGapForOneBuildAndNothingForNone() {
        assertThat(rhythms.of(BUILDER, MONDAY)).isEmpty();

        used("shared", MONDAY);
        assertThat(rhythms.of(BUILDER, MONDAY)).contains(new BuildRhythm(ByteSize.ZERO, null));
        assertThat(rhythms.of(BUILDER, MONDAY.plusSeconds(3_600))).isEmpty();
    }
}
