package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.analytics.BuildAnalytics.BuilderRate;
import dev.cachewarden.analytics.BuildAnalytics.CacheTransfer;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.PolicyTimes.InForce;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.DeletedRecords.DeletedRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildAnalyticsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-10T10:00:00Z");
    private static final BuilderId ONE = new BuilderId(1);
    private static final BuilderId TWO = new BuilderId(2);
    private static final String WORKDIR = "[1/2] WORKDIR /app";
    private static final String INSTALL = "[2/2] RUN npm ci --all";

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final SettableClock clock = new SettableClock(NOW.toString());
    private final BuildAnalytics analytics = AnalyticsParts.analytics(database);
    private final IntakeParts intake = IntakeParts.of(
            builds,
            (builder, after, until, most) -> List.of(
                    new DeletedRecord("r", "mount / from exec /bin/sh -c npm ci --all", until.minusSeconds(60), 7L)),
            clock);
    private final AtomicInteger refs = new AtomicInteger();

    @BeforeEach
    void builders() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
        BuildStoreParts.addBuilder(database, 2);
    }

    @Test
    void importsAndExportsOfCacheAreOnTheirOwn() {
        store(
                ONE,
                at(60).failed("importing cache manifest from registry/app:cache", 500)
                        .ran(WORKDIR, 20)
                        .ran(INSTALL, 5_000, WORKDIR)
                        .ran("exporting cache to registry", 3_000));
        store(
                ONE,
                at(30).ran("importing cache manifest from registry/app:cache", 700)
                        .cached(WORKDIR)
                        .cached(INSTALL, WORKDIR)
                        .ran("preparing layers for inline cache", 1_000));
        // In one that failed nothing is counted.
        store(
                ONE,
                at(10).ran("importing cache manifest from registry/app:cache", 9_000)
                        .failed(WORKDIR, 20),
                "exit code: 1");

        assertThat(analytics.cacheTransfers(BuildFilter.ALL))
                .containsExactly(
                        new CacheTransfer(
                                StepKind.CACHE_IMPORT, 1, 1, Duration.ofMillis(600), Duration.ofMillis(1_200)),
                        new CacheTransfer(
                                StepKind.CACHE_EXPORT, 2, 0, Duration.ofMillis(2_000), Duration.ofMillis(4_000)));
        assertThat(analytics.totals(BuildFilter.ALL).hitRate()).isEqualTo(new HitRate(2, 4));
    }

    @Test
    void ratesOfBuilders() {
        store(ONE, at(60).ran(WORKDIR, 20).ran(INSTALL, 5_000, WORKDIR));
        store(ONE, at(30).cached(WORKDIR).cached(INSTALL, WORKDIR));
        store(TWO, at(20).cached(WORKDIR));
        store(TWO, at(10).failed(WORKDIR, 20), "exit code: 1");

        assertThat(analytics.byBuilder(BuildFilter.ALL))
                .containsExactly(
                        new BuilderRate(ONE, 2, new HitRate(2, 4), Duration.ofSeconds(9)),
                        new BuilderRate(TWO, 1, new HitRate(1, 1), Duration.ofSeconds(9)));
        assertThat(analytics.byBuilder(BuildFilter.ofBuilders(List.of(TWO)))).hasSize(1);
    }

    @Test
    void returnsTheMissCostOfARun() {
        store(ONE, at(60).ran(WORKDIR, 20).ran(INSTALL, 5_000, WORKDIR));
        var again = store(ONE, at(30).cached(WORKDIR).ran(INSTALL, 4_000, WORKDIR));

        assertThat(again.comparison()).isNotNull();
        assertThat(again.comparison().miss()).isNotNull();
        assertThat(again.comparison().miss().run()).isEqualTo(7);
        var missedBuilds = analytics.missedBuilds(7, 5);
        assertThat(missedBuilds.builds()).isEqualTo(1);
        assertThat(missedBuilds.cost()).isEqualTo(Duration.ofMillis(4_000));
        assertThat(missedBuilds.latest()).singleElement().satisfies(one -> {
            assertThat(one.build()).isEqualTo(again.id());
            assertThat(one.text()).contains("Run 7 deleted");
        });
        assertThat(analytics.missedBuilds(8, 5).builds()).isZero();
        // The migration that added the column reads the text of earlier versions.
        assertThat(database.jdbc()
                        .queryForObject(
                                "select substring('Its cache record was deleted by run 7, 3 h before.' from"
                                        + " 'deleted by run ([0-9]{1,18}),')",
                                String.class))
                .isEqualTo("7");
    }

    @Test
    void effectOfARunIsKnownAfterADayOfBuilds() {
        var fleet = new FakeFleet(clock);
        fleet.add(1, "engine");
        fleet.add(2, "engine");
        var effects = new PruneEffects(analytics, fleet, clock);
        var run = NOW.minus(Duration.ofHours(1));

        assertThat(effects.of(7, ONE, "engine", run, run).unknown())
                .isEqualTo("Unknown until 2026-03-11 09:00 UTC, 24 hours after the end of the run.");

        clock.pass(Duration.ofDays(2));
        assertThat(effects.of(7, ONE, "engine", run, run).unknown())
                .contains("in the 24 hours before or after the run.");

        store(ONE, at(90).cached(WORKDIR));
        assertThat(effects.of(7, ONE, "engine", run, run).unknown()).contains("in the 24 hours after the run.");

        // By the other way to the same engine.
        store(TWO, at(30).ran(WORKDIR, 20));
        var effect = effects.of(7, ONE, "engine", run, run);
        assertThat(effect.unknown()).isNull();
        assertThat(effect.before().hitRate()).isEqualTo(new HitRate(1, 1));
        assertThat(effect.after()).isNotNull();
        assertThat(effect.after().hitRate()).isEqualTo(new HitRate(0, 1));
        assertThat(effect.after().builds()).isEqualTo(1);
        assertThat(effects.of(7, ONE, "another", run, run).unknown()).contains("in the 24 hours after the run.");
    }

    @Test
    void findsGrowthOnlyOnBuildsThatSendMore() {
        BuildView last = null;
        for (int i = 0; i < 9; i++) {
            last = store(ONE, at(100 - i).sent("[internal] load build context", 50, i < 6 ? 12L << 20 : 340L << 20));
        }

        assertThat(last).isNotNull();
        assertThat(analytics.growth(BuildFilter.ofProject(last.project())))
                .hasValueSatisfying(growth -> assertThat(growth.buildsSince()).isEqualTo(3));
        assertThat(analytics.growthAt(last)).isPresent();
        var before = builds.list(BuildFilter.ALL, null, 9).items().get(3);
        assertThat(analytics.growthAt(before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            2026-03-09           ¦ 2026-03-09T00:00:00Z ¦ 2026-03-09 (UTC)
            2026-03-09T12:00:00Z ¦ 2026-03-09T12:00:00Z ¦ 2026-03-09T12:00:00Z
            policy:3:4           ¦ 2026-03-01T00:00:00Z ¦ policy nightly v4 (active since 2026-03-01 00:00 UTC; it was in report mode)
            dockerfile           ¦ 2026-03-10T09:30:00Z ¦ the first Dockerfile change in this time range, in build
            """)
    void splitsBuildsByTheGivenEvent(String text, Instant at, String words) {
        store(ONE, at(60).ran(WORKDIR, 20).ran(INSTALL, 5_000, WORKDIR));
        var changed = store(ONE, at(30).cached(WORKDIR).ran("[2/2] RUN npm ci --none", 4_000, WORKDIR));
        store(ONE, at(20).cached(WORKDIR).ran("[2/2] RUN npm ci --other", 4_000, WORKDIR));

        assertThat(splits().read(text, BuildFilter.ofProject(changed.project())))
                .hasValueSatisfying(split -> {
                    assertThat(split.at()).isEqualTo(at);
                    assertThat(split.what()).startsWith(words);
                });
        assertThat(splits().read("build:" + changed.id(), BuildFilter.ofProject(changed.project())))
                .hasValueSatisfying(split -> {
                    assertThat(split.at()).isEqualTo(changed.startedAt());
                    assertThat(split.what()).isEqualTo("build " + changed.id() + ", which changed the Dockerfile");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            yesterday  ¦ app ¦ 'yesterday' is not valid; use a day (2026-11-20)
            2026-02-30 ¦ app ¦ '2026-02-30' is not valid; use
            policy:3:5 ¦ app ¦ policy 3 has no version 5
            dockerfile ¦     ¦ 'dockerfile' requires a project
            dockerfile ¦ app ¦ no build of project 'app' changed the Dockerfile in this time range
            build:999  ¦ app ¦ there is no build 999 of project 'app'
            """)
    void explainsAnInvalidSplit(String text, @Nullable String project, String problem) {
        var filter = project == null ? BuildFilter.ALL : BuildFilter.ofProject(project);

        assertThatThrownBy(() -> splits().read(text, filter))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
        assertThat(splits().read(" ", filter)).isEmpty();
    }

    private Splits splits() {
        return new Splits(
                builds,
                (policy, version) -> policy == 3 && version == 4
                        ? Optional.of(new InForce(
                                "nightly", 4, Instant.parse("2026-03-01T00:00:00Z"), null, "it was in report mode"))
                        : Optional.empty());
    }

    private static TestBuild at(int minutesAgo) {
        return TestBuild.at(NOW.minus(Duration.ofMinutes(minutesAgo)));
    }

    private BuildView store(BuilderId builder, TestBuild build) {
        return store(builder, build, null);
    }

    /** Each takes nine seconds. */
    private BuildView store(BuilderId builder, TestBuild build, @Nullable String error) {
        String ref = "ref" + refs.incrementAndGet();
        var record = new BuildHistoryRecord(
                ref, Map.of(), error, build.began(), build.began().plusSeconds(9), 3, 3, 1);
        assertThat(intake.ended(builder, record, build::progress)).isTrue();
        return builds.list(BuildFilter.ALL, null, 100).items().stream()
                .filter(stored -> ref.equals(stored.ref()))
                .findFirst()
                .orElseThrow();
    }
}
