package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredRebuildTimesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");

    private final StoredRebuildTimes times = times("one", "another");

    @BeforeEach
    void builders() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
        BuildStoreParts.addBuilder(database, 2);
    }

    @Test
    void returnsTheLatestDurationOfTheStep() {
        build(1, "one", BEGAN, TestBuild.at(BEGAN).ran("[1/2] RUN make", 40_000).ran("[2/2] RUN echo abc", 70));
        var later = BEGAN.plusSeconds(3_600);
        build(1, "two", later, TestBuild.at(later).ran("[1/2] RUN make", 25_000).cached("[2/2] RUN echo abc"));
        build(2, "other", later, TestBuild.at(later).ran("[1/1] RUN make", 999).ran("[2/2] RUN test", 5_000));

        assertThat(times.of(
                        new BuilderId(1),
                        List.of(
                                record("a", RecordType.REGULAR, "mount / from exec /bin/sh -c make"),
                                record("b", RecordType.REGULAR, "mount / from exec /bin/sh -c echo $WHAT"),
                                record("c", RecordType.REGULAR, "mount / from exec /bin/sh -c test"),
                                record("d", RecordType.EXEC_CACHEMOUNT, "cached mount /c from exec /bin/sh -c make"))))
                .isEqualTo(Map.of("a", Duration.ofSeconds(25), "b", Duration.ofMillis(70)));
    }

    /** As the builds of an engine belong to one builder, whichever hosts lead to it. */
    @Test
    void takeTheBuildsOfAllBuildersOfTheEngine() {
        build(
                1,
                "first",
                BEGAN,
                TestBuild.at(BEGAN).ran("[1/1] RUN make", 40_000).ran("[2/2] RUN test", 5_000));
        var later = BEGAN.plusSeconds(3_600);
        build(2, "later", later, TestBuild.at(later).ran("[1/1] RUN make", 25_000));
        var records = List.of(
                record("a", RecordType.REGULAR, "mount / from exec /bin/sh -c make"),
                record("b", RecordType.REGULAR, "mount / from exec /bin/sh -c test"));
        var same = times("one", "one", "another");

        assertThat(same.of(new BuilderId(2), records))
                .isEqualTo(Map.of("a", Duration.ofSeconds(25), "b", Duration.ofSeconds(5)))
                .isEqualTo(same.of(new BuilderId(1), records));
        assertThat(same.of(new BuilderId(3), records)).isEmpty();
    }

    /** Nothing that is kept outlives a build that comes in or goes; else it is not read again. */
    @Test
    void keepWhatIsKnownUntilABuildComesOrGoes() {
        build(1, "one", BEGAN, TestBuild.at(BEGAN).ran("[1/1] RUN make", 40_000));
        var make = List.of(record("a", RecordType.REGULAR, "mount / from exec /bin/sh -c make"));
        assertThat(times.of(new BuilderId(1), make)).isEqualTo(Map.of("a", Duration.ofSeconds(40)));

        database.jdbc().update("update build_step set duration_micros = 60000000");
        assertThat(times.of(new BuilderId(1), make)).isEqualTo(Map.of("a", Duration.ofSeconds(40)));

        var later = BEGAN.plusSeconds(3_600);
        build(1, "two", later, TestBuild.at(later).ran("[1/1] RUN make", 25_000));
        assertThat(times.of(new BuilderId(1), make)).isEqualTo(Map.of("a", Duration.ofSeconds(25)));

        database.jdbc().update("delete from build where ref = 'two'");
        assertThat(times.of(new BuilderId(1), make)).isEqualTo(Map.of("a", Duration.ofSeconds(60)));

        database.jdbc().update("delete from build");
        assertThat(times.of(new BuilderId(1), make)).isEmpty();
    }

    @Test
    void takeTheLatestOfStepsThatDifferOnlyInTheirOptions() {
        build(1, "one", BEGAN, TestBuild.at(BEGAN).ran("[1/1] RUN make", 40_000));
        var later = BEGAN.plusSeconds(3_600);
        build(1, "two", later, TestBuild.at(later).ran("[1/1] RUN --network=none make", 25_000));

        assertThat(times.of(
                        new BuilderId(1),
                        List.of(record("a", RecordType.REGULAR, "mount / from exec /bin/sh -c make"))))
                .isEqualTo(Map.of("a", Duration.ofSeconds(25)));
    }

    @Test
    void oneRunThatWasSlowDoesNotChangeTheMedian() {
        int[] millis = {20_000, 22_000, 24_000, 900_000};
        for (int i = 0; i < millis.length; i++) {
            var began = BEGAN.plusSeconds(600L * i);
            build(1, "build-" + i, began, TestBuild.at(began).ran("[1/1] RUN make", millis[i]));
        }

        assertThat(times.of(new BuilderId(1), List.of(make()))).isEqualTo(Map.of("a", Duration.ofSeconds(22)));
    }

    @Test
    void uploadsWeighNothingWhereTheBuilderReportsBuilds() {
        build(1, "reported", BEGAN, TestBuild.at(BEGAN).ran("[1/2] RUN make", 40_000));
        for (int i = 0; i < 20; i++) {
            upload(1, "forged-" + i, BEGAN.plusSeconds(3_600L * i), "[1/2] RUN make", 1);
        }
        upload(1, "of another step", BEGAN.plusSeconds(10), "[2/2] RUN test", 999_000);

        assertThat(times.of(
                        new BuilderId(1),
                        List.of(make(), record("b", RecordType.REGULAR, "mount / from exec /bin/sh -c test"))))
                .isEqualTo(Map.of("a", Duration.ofSeconds(40)));
    }

    @Test
    void uploadsCountForAnEngineThatReportsNoBuilds() {
        build(2, "of another engine", BEGAN, TestBuild.at(BEGAN).ran("[1/1] RUN make", 1));
        upload(1, "one", BEGAN, "[1/1] RUN make", 30_000);
        upload(1, "two", BEGAN.plusSeconds(60), "[1/1] RUN make", 50_000);
        upload(1, "three", BEGAN.plusSeconds(120), "[1/1] RUN make", 40_000);

        assertThat(times.of(new BuilderId(1), List.of(make()))).isEqualTo(Map.of("a", Duration.ofSeconds(40)));
    }

    private void upload(long builder, String ref, Instant began, String step, int millis) {
        build(builder, ref, began, TestBuild.at(began).ran(step, millis));
        database.jdbc().update("update build set source = 'UPLOAD' where ref = ?", ref);
    }

    private static CacheRecord make() {
        return record("a", RecordType.REGULAR, "mount / from exec /bin/sh -c make");
    }

    @Test
    void returnsNothingWithoutBuilds() {
        assertThat(times.of(new BuilderId(1), List.of(record("a", RecordType.REGULAR, "[1/2] COPY a b"))))
                .isEmpty();
    }

    private static StoredRebuildTimes times(String... engines) {
        var seconds = new AtomicLong();
        // Each look comes a second after the one before.
        return new StoredRebuildTimes(new KeptStepCosts(
                new StepCosts(JdbcClient.create(database.dataSource())),
                FakeHosts.leadingTo(engines),
                () -> seconds.incrementAndGet() * 1_000_000_000));
    }

    private void build(long builder, String ref, Instant began, TestBuild build) {
        IntakeParts.of(BuildStoreParts.builds(database), InstantSource.fixed(began))
                .ended(
                        new BuilderId(builder),
                        new BuildHistoryRecord(ref, Map.of(), null, began, began.plusSeconds(60), 2, 2, 0),
                        build::progress);
    }

    private static CacheRecord record(String id, RecordType type, String description) {
        return new CacheRecord(id, type, List.of(), description, false, false, null, ByteSize.ZERO, BEGAN, null, 0);
    }
}
