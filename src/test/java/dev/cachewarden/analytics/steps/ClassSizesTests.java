package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.steps.ClassSizes.ClassSize;
import dev.cachewarden.analytics.steps.HeldRecord.Ground;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Over the store: hosts 1 and 3 lead to one engine, host 2 to another. */
class ClassSizesTests {

    private static final TestDatabase database = TestDatabase.create();

    @RegisterExtension
    static final HistoryContext history = HistoryContext.on(database, "2026-03-01T12:00:00Z");

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final HeldParts held =
            HeldParts.of(database, FakeHosts.leadingTo("a", "b", "a"), history.get(UsageHistory.class));

    @BeforeEach
    void builders() {
        database.clear();
        for (int id = 1; id <= 3; id++) {
            BuildStoreParts.addBuilder(database, id);
        }
    }

    @Test
    void recordsOfAClassAreCountedOnceForEachEngine() {
        build(1, "one", made());
        build(3, "other way", made());
        reading(1, BEGAN.plusSeconds(100));
        record(1, "old", "mount / from exec /bin/sh -c npm ci", 1_000);
        reading(3, BEGAN.plusSeconds(200));
        record(3, "packages", "mount / from exec /bin/sh -c npm ci", 30_000);
        record(3, "files", "[app 2/3] COPY . .", 100);
        record(3, "files-2", "[app 2/3] COPY . .", 20);
        reading(2, BEGAN.plusSeconds(200));
        record(2, "elsewhere", "[app 2/3] COPY . .", 5_000);

        assertThat(held.sizes().of(BuildFilter.ALL))
                .isEqualTo(Map.of(
                        StepClass.LANGUAGE_PACKAGES, new ClassSize(new ByteSize(30_000), 1, 1),
                        StepClass.APPLICATION_CODE, new ClassSize(new ByteSize(120), 1, 1),
                        StepClass.COMPILE, new ClassSize(null, 0, 1)));
    }

    @Test
    void onlyWhatTheFilterMeansIsCounted() {
        build(1, "one", made());
        build(2, "two", TestBuild.at(BEGAN).ran("[app 2/3] COPY . .", 40));
        reading(1, BEGAN);
        record(1, "files", "[app 2/3] COPY . .", 100);
        reading(2, BEGAN);
        record(2, "files", "[app 2/3] COPY . .", 5_000);

        var both = held.sizes().of(BuildFilter.ALL).get(StepClass.APPLICATION_CODE);
        var one = held.sizes()
                .of(BuildFilter.ofBuilders(List.of(new BuilderId(2))))
                .get(StepClass.APPLICATION_CODE);

        assertThat(both).isEqualTo(new ClassSize(new ByteSize(5_100), 1, 1));
        assertThat(one).isEqualTo(new ClassSize(new ByteSize(5_000), 1, 1));
        assertThat(held.sizes().of(BuildFilter.ofProject("nothing"))).isEmpty();
    }

    @Test
    void stepsOfABuildHaveTheirRecordsFromTheLastReadingOfTheEngine() {
        build(1, "one", made());
        var build = builds.list(BuildFilter.ALL, null, 1).items().getFirst();
        var steps = builds.steps(build.id());
        assertThat(held.records().of(build, steps)).isEqualTo(StepRecords.Held.NOTHING);

        reading(1, BEGAN.plusSeconds(100));
        record(1, "older", "[app 2/3] COPY . .", 7);
        reading(3, BEGAN.plusSeconds(200));
        record(3, "files", "[app 2/3] COPY . .", 100);

        var found = held.records().of(build, steps);
        assertThat(found.readAt()).isEqualTo(BEGAN.plusSeconds(200));
        assertThat(found.byStep()).hasSize(1);
        assertThat(found.of(2)).isNotNull().satisfies(one -> {
            assertThat(one.builder()).isEqualTo(new BuilderId(3));
            assertThat(one.record().id()).isEqualTo("files");
            assertThat(one.ground()).isEqualTo(Ground.CREATED_BY_STEP);
        });
        assertThat(found.of(1)).isNull();
    }

    @Test
    void logsThatWereSentWithoutAHostHaveNoRecords() {
        build(1, "one", made());
        database.jdbc().update("update build set builder_id = null");

        assertThat(held.sizes().of(BuildFilter.ALL).get(StepClass.COMPILE)).isEqualTo(new ClassSize(null, 0, 1));
        var build = builds.list(BuildFilter.ALL, null, 1).items().getFirst();
        assertThat(held.records().of(build, builds.steps(build.id()))).isEqualTo(StepRecords.Held.NOTHING);
    }

    /** The first step begins with the build. */
    private static TestBuild made() {
        return TestBuild.at(BEGAN)
                .ran("[app 1/3] RUN npm ci", 100)
                .ran("[app 2/3] COPY . .", 3_000)
                .ran("[app 3/3] RUN make", 4_000);
    }

    private void build(long builder, String ref, TestBuild build) {
        IntakeParts.of(builds, InstantSource.fixed(BEGAN))
                .ended(
                        new BuilderId(builder),
                        new BuildHistoryRecord(ref, Map.of(), null, BEGAN, BEGAN.plusSeconds(60), 3, 3, 0),
                        build::progress);
    }

    private static void reading(long builder, Instant at) {
        database.jdbc().update("""
                insert into usage_sample (builder_id, resolution_seconds, taken_at, record_count, total_bytes, reclaimable_bytes,
                    shared_bytes, in_use_bytes, max_total_bytes, by_type)
                values (?, 0, ?, 0, 0, 0, 0, 0, 0, '{}')""", builder, Timestamp.from(at));
    }

    /** Made two seconds after the builds began. */
    private static void record(long builder, String id, String description, long bytes) {
        var at = Timestamp.from(BEGAN.plusSeconds(2));
        database.jdbc().update("""
                insert into cache_record (builder_id, record_id, type, description, parents, in_use, shared, size_bytes, created_at,
                    usage_count, first_seen_at, changed_at)
                values (?, ?, 'regular', ?, '{}', false, false, ?, ?, 0, ?, ?)""", builder, id, description, bytes, at, at, at);
    }
}
