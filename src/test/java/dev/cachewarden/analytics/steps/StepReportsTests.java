package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.analytics.steps.StepReport.Figures;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class StepReportsTests {

    private static final TestDatabase database = TestDatabase.create();

    @RegisterExtension
    static final HistoryContext history = HistoryContext.on(database, "2026-03-01T12:00:00Z");

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final BuildFilter SHOP = BuildFilter.ofProject("shop");
    private static final String FILES = "[app 1/3] COPY . .";
    private static final String MAKE = "[app 2/3] RUN make";
    private static final String TEST = "[app 3/3] RUN make test";

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final StepReports reports = new StepReports(
            new LookupRows(JdbcClient.create(database.dataSource())),
            builds,
            HeldParts.of(database, FakeHosts.leadingTo("a"), history.get(UsageHistory.class))
                    .records());

    /** Hours after the first: ran, all cached, files changed, failed at the test, its number moved and its own text was new before it. */
    @BeforeEach
    void fiveBuilds() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
        build(0, null, at(0).ran(FILES, 40).ran(MAKE, 8_000, FILES).ran(TEST, 3_000, MAKE));
        build(1, null, at(1).cached(FILES).cached(MAKE, FILES).cached(TEST, MAKE));
        build(2, null, at(2).ran(FILES, 50).ran(MAKE, 10_000, FILES).ran(TEST, 3_000, MAKE));
        build(3, "exit code: 1", at(3).ran(FILES, 60).ran(MAKE, 12_000, FILES).failed(TEST, 2_000, MAKE));
        build(
                4,
                null,
                at(4).ran("[app 1/4] RUN apt-get update", 20)
                        .ran("[app 2/4] COPY . .", 70, "[app 1/4] RUN apt-get update")
                        .cached("[app 3/4] RUN make"));
    }

    @Test
    void sumsAreOfBuildsThatEndedWell() {
        var report = reports.of(SHOP, identity(MAKE), null, 10).orElseThrow();

        assertThat(report.figures())
                .isEqualTo(new Figures(
                        new HitRate(2, 4), 2, Duration.ofSeconds(9), Duration.ofMillis(9_900), Duration.ofSeconds(18)));
        assertThat(report.step().text()).isEqualTo("RUN make");
        assertThat(report.step().lastBuild().value()).isEqualTo(5);
        assertThat(report.record()).isNull();
    }

    @Test
    void listsStateAndCausePerBuild() {
        assertThat(rows(identity(MAKE)))
                .containsExactly(
                        "5 #3 CACHED -",
                        "4 #2 DONE Step 1 missed, and this step depends on it.",
                        "3 #2 DONE Step 1 missed, and this step depends on it.",
                        "2 #2 CACHED -",
                        "1 #2 DONE Step 1 missed, and this step depends on it.");
        assertThat(rows(identity(FILES)))
                .satisfies(files ->
                        assertThat(files.get(0)).isEqualTo("5 #2 DONE Step 1 missed, and this step depends on it."))
                .satisfies(files ->
                        assertThat(files.get(2)).startsWith("3 #1 DONE ").doesNotContain("depends on it"));
    }

    @Test
    void causeOfALaterIndependentMissIsUnknown() {
        build(5, null, at(5).ran("[test 1/1] RUN lint", 10).ran(MAKE, 9_000));
        assertThat(rows(identity(MAKE)).getFirst()).startsWith("6 #2 DONE Unknown. Cachewarden stores only the cause ");

        database.jdbc().update("update build set scenario = null, missed_step = null, miss_text = null where id = 6");
        assertThat(rows(identity(MAKE)).getFirst()).startsWith("6 #2 DONE Unknown. The build was not compared ");
    }

    @Test
    void returnsTheDownstreamStepsOfTheLatestMiss() {
        var cascade = reports.of(SHOP, identity(FILES), null, 10).orElseThrow().cascade();

        assertThat(cascade).isNotNull();
        assertThat(cascade.build().value()).isEqualTo(4);
        assertThat(cascade.step()).isEqualTo(1);
        assertThat(cascade.cause()).isNotBlank();
        assertThat(cascade.steps()).extracting(BuildStep::text).containsExactly("RUN make", "RUN make test");
        assertThat(reports.of(SHOP, identity(MAKE), null, 10).orElseThrow().cascade())
                .isNull();
    }

    @Test
    void theListComesInParts() {
        var all = rows(identity(MAKE));
        var parts = new ArrayList<String>();
        String after = null;
        do {
            var page = reports.of(SHOP, identity(MAKE), after, 2).orElseThrow().lookups();
            page.items().forEach(one -> parts.add(words(one)));
            after = page.next();
        } while (after != null);

        assertThat(parts).isEqualTo(all);
        assertThatThrownBy(() -> reports.of(SHOP, identity(MAKE), "made-up", 2))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void onlyTheTimeAskedForCounts() {
        var within = SHOP.within(at(1).began(), at(2).began());
        var report = reports.of(within, identity(MAKE), null, 10).orElseThrow();
        assertThat(report.lookups().items()).hasSize(1);
        assertThat(report.figures()).isEqualTo(new Figures(new HitRate(1, 1), 0, null, null, Duration.ZERO));

        var nothing = reports.of(SHOP.within(at(9).began(), null), identity(MAKE), null, 10)
                .orElseThrow();
        assertThat(nothing.lookups().items()).isEmpty();
        assertThat(nothing.figures().hitRate()).isEqualTo(HitRate.NONE);
    }

    @Test
    void othersAreNoSteps() {
        build(5, null, at(5).ran("[internal] load build definition from Dockerfile", 10));
        String sent = builds.steps(new BuildId(6)).getFirst().identity();

        assertThat(reports.of(SHOP, "0123456789abcdef", null, 10)).isEmpty();
        assertThat(reports.of(BuildFilter.ofProject("other"), identity(MAKE), null, 10))
                .isEmpty();
        assertThat(reports.of(SHOP, sent, null, 10)).isEmpty();
    }

    private String identity(String name) {
        return builds.steps(new BuildId(1)).stream()
                .filter(step -> step.name().equals(name))
                .map(BuildStep::identity)
                .findFirst()
                .orElseThrow();
    }

    private List<String> rows(String identity) {
        return reports.of(SHOP, identity, null, 10).orElseThrow().lookups().items().stream()
                .map(StepReportsTests::words)
                .toList();
    }

    private static String words(Lookup one) {
        assertThat(one.duration() == null).isEqualTo(one.state() == VertexState.CACHED);
        return one.build() + " #" + one.step() + " " + one.state() + " "
                + (one.why() == null ? "-" : one.why().text());
    }

    private static TestBuild at(int hours) {
        return TestBuild.at(BEGAN.plus(Duration.ofHours(hours)));
    }

    private void build(int hour, @Nullable String error, TestBuild build) {
        var record = new BuildHistoryRecord(
                "ref" + hour,
                Map.of("build-arg:BUILDKIT_BUILD_NAME", "shop"),
                error,
                build.began(),
                build.began().plusSeconds(60),
                3,
                3,
                0);
        IntakeParts.of(builds, InstantSource.fixed(BEGAN)).ended(new BuilderId(1), record, build::progress);
    }
}
