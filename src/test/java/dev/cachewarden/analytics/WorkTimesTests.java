package dev.cachewarden.analytics;

import static dev.cachewarden.analytics.StoredTestBuilds.ONE;
import static dev.cachewarden.analytics.StoredTestBuilds.TWO;
import static dev.cachewarden.analytics.StoredTestBuilds.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.WorkTimes.Work;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.BuildTimes;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkTimesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final List<String> NAMES =
            List.of("RUN make part", "COPY dir", "WORKDIR /app", "FROM docker.io/library/node:24", "ADD file");

    private final StoredTestBuilds builds = new StoredTestBuilds(database);
    private final BuildAnalytics analytics = AnalyticsParts.analytics(database);
    private final List<BuildId> stored = new ArrayList<>();

    @BeforeEach
    void clear() {
        builds.clear();
    }

    @Test
    void overlapsCountOnceAndGapsAreIdle() {
        add(at(60).ranAt(TestBuild.CONTEXT, 0, 1_000)
                .ranAt("[1/3] RUN npm ci", 3_000, 9_000)
                .ranAt("[other 1/1] RUN make", 4_000, 8_000)
                .cached("[2/3] WORKDIR /app")
                .ranAt("exporting to image", 9_500, 10_000));
        add(at(30).ranAt("[1/1] RUN make", 0, 2_000));

        assertThat(analytics.workTimes(BuildFilter.ALL))
                .isEqualTo(new WorkTimes(
                        2,
                        2,
                        Duration.ofSeconds(12),
                        Duration.ofMillis(13_500),
                        Duration.ofMillis(2_500),
                        List.of(
                                new Work(WorkKind.EXEC, 3, Duration.ofSeconds(8), Duration.ofSeconds(12)),
                                new Work(WorkKind.TRANSFER, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)),
                                new Work(WorkKind.EXPORT, 1, Duration.ofMillis(500), Duration.ofMillis(500)),
                                new Work(WorkKind.FILES, 1, Duration.ZERO, Duration.ZERO))));
    }

    /** In one that failed, what ran is not what it takes. */
    @Test
    void onlyBuildsThatEndedWellCount() {
        builds.add(ONE, "app", at(60).failed("[1/1] RUN make", 5_000), "exit code: 1");

        assertThat(analytics.workTimes(BuildFilter.ALL))
                .isEqualTo(new WorkTimes(0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, List.of()));
    }

    /** Of steps side by side, within one another, with breaks, without end and without times, in builds of all sorts. */
    @Test
    void totalsAreTheSumsOfAllBuilds() {
        var random = new Random(42);
        for (int i = 0; i < 40; i++) {
            add(madeUp(1_000 - i, random));
        }
        add(at(20).waiting("[1/1] RUN never"));
        add(at(19).running("[1/2] RUN no end").cached("[2/2] WORKDIR /app"));
        add(at(18));
        spoilTimes();

        var times = stored.stream()
                .map(id -> BuildTimes.of(builds.builds().steps(id)))
                .toList();
        var reported = analytics.workTimes(BuildFilter.ALL);
        assertThat(reported.wall()).isEqualTo(sum(times, BuildTimes::wall));
        assertThat(reported.idle()).isEqualTo(sum(times, BuildTimes::idle));
        assertThat(reported.summed()).isEqualTo(sum(times, BuildTimes::summed));
        for (var kind : WorkKind.values()) {
            assertThat(reported.kinds().stream()
                            .filter(work -> work.kind() == kind)
                            .toList())
                    .isEqualTo(work(kind, times));
        }
        assertThat(reported.idle()).isPositive();
        assertThat(reported.kinds()).hasSize(4);
    }

    private static TestBuild madeUp(int minutesAgo, Random random) {
        var build = at(minutesAgo).ran("[internal] load metadata for docker.io/library/node:24", 300);
        int steps = 1 + random.nextInt(12);
        for (int k = 1; k <= steps; k++) {
            String name = "[s" + k % 3 + " " + k + "/12] " + NAMES.get(random.nextInt(NAMES.size())) + "-" + k;
            int from = random.nextInt(20_000);
            if (random.nextInt(4) == 0) {
                build.cached(name);
            } else {
                build.ranAt(name, from, from + random.nextInt(5_000));
            }
        }
        return build;
    }

    /** Lets some steps have breaks, some no known duration, some no end, and some one before their beginning. */
    private static void spoilTimes() {
        var jdbc = database.jdbc();
        jdbc.update("update build_step set duration_micros = duration_micros / 3 where (build_id + number) % 5 = 0");
        jdbc.update("update build_step set duration_micros = null where (build_id + number) % 7 = 0");
        jdbc.update("update build_step set duration_micros = duration_micros * 9 where (build_id + number) % 11 = 0");
        jdbc.update("update build_step set completed_at = null where (build_id + number) % 13 = 0");
        jdbc.update(
                "update build_step set completed_at = started_at - interval '1 s' where (build_id + number) % 17 = 0");
        jdbc.update("update build_step set started_at = null, completed_at = null where build_id % 19 = 0");
        BuildStoreParts.sumUp(database);
    }

    private static List<Work> work(WorkKind kind, List<BuildTimes> times) {
        var spent = times.stream()
                .map(one -> one.byKind().get(kind))
                .filter(Objects::nonNull)
                .toList();
        return spent.isEmpty()
                ? List.of()
                : List.of(new Work(
                        kind,
                        spent.stream().mapToInt(BuildTimes.Spent::steps).sum(),
                        sum(spent, BuildTimes.Spent::wall),
                        sum(spent, BuildTimes.Spent::summed)));
    }

    private static <T> Duration sum(List<T> all, Function<T, @Nullable Duration> time) {
        var sum = Duration.ZERO;
        for (T one : all) {
            var known = time.apply(one);
            sum = known == null ? sum : sum.plus(known);
        }
        return sum;
    }

    private void add(TestBuild build) {
        stored.add(builds.add(stored.size() % 2 == 0 ? ONE : TWO, "app", build));
    }
}
