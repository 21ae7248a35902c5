package dev.cachewarden.analytics;

import static dev.cachewarden.analytics.StoredTestBuilds.NOW;
import static dev.cachewarden.analytics.StoredTestBuilds.ONE;
import static dev.cachewarden.analytics.StoredTestBuilds.TWO;
import static dev.cachewarden.analytics.StoredTestBuilds.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.analytics.HitRates.Group;
import dev.cachewarden.analytics.HitRates.Line;
import dev.cachewarden.analytics.HitRates.Point;
import dev.cachewarden.analytics.HitRates.Rate;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class HitRatesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final String WORKDIR = "[1/3] WORKDIR /app";
    private static final String INSTALL = "[2/3] RUN npm ci";
    private static final String CODE = "[3/3] COPY . .";

    private final StoredTestBuilds builds = new StoredTestBuilds(database);
    private final HitRates rates = new HitRates(JdbcClient.create(database.dataSource()));

    /** Two of the shop, one of the api, and one of it that failed and counts nowhere. */
    @BeforeEach
    void fourBuilds() {
        builds.clear();
        var first = builds.add(
                ONE,
                "shop",
                at(60).ran(WORKDIR, 20).ran(INSTALL, 5_000, WORKDIR).ran(CODE, 40, INSTALL));
        var second = builds.add(
                ONE, "shop", at(30).cached(WORKDIR).cached(INSTALL, WORKDIR).ran(CODE, 60, INSTALL));
        var other = builds.add(
                TWO,
                "api",
                at(20).ran("importing cache manifest from registry/app:cache", 500)
                        .cached(WORKDIR)
                        .ran(INSTALL, 700, WORKDIR));
        builds.setBranch(first, "main");
        builds.setBranch(second, "fix");
        builds.setNoHost(other);
        builds.add(ONE, "api", at(10).failed(WORKDIR, 9_000), "exit code: 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', nullValues = "none", textBlock = """
            CLASS   ¦ SETUP             ¦ 3 ¦ 2 ¦ 3 ¦ 20
            CLASS   ¦ LANGUAGE_PACKAGES ¦ 3 ¦ 1 ¦ 3 ¦ 5700
            CLASS   ¦ APPLICATION_CODE  ¦ 2 ¦ 0 ¦ 2 ¦ 100
            PROJECT ¦ shop              ¦ 2 ¦ 2 ¦ 6 ¦ 5120
            PROJECT ¦ api               ¦ 1 ¦ 1 ¦ 2 ¦ 700
            BUILDER ¦ 1                 ¦ 2 ¦ 2 ¦ 6 ¦ 5120
            BUILDER ¦ none              ¦ 1 ¦ 1 ¦ 2 ¦ 700
            BRANCH  ¦ main              ¦ 1 ¦ 0 ¦ 3 ¦ 5060
            BRANCH  ¦ fix               ¦ 1 ¦ 2 ¦ 3 ¦ 60
            BRANCH  ¦ none              ¦ 1 ¦ 1 ¦ 2 ¦ 700
            """)
    void groupsRates(RateBy by, @Nullable String key, int of, int hits, int lookups, long missedMillis) {
        assertThat(rates.by(by, BuildFilter.ALL, 9).rates())
                .contains(new Rate(
                        new Group(key, null), null, of, new HitRate(hits, lookups), Duration.ofMillis(missedMillis)));
    }

    @Test
    void stepsHaveAProjectAndAText() {
        var steps = rates.by(RateBy.STEP, BuildFilter.ALL, 2);

        assertThat(steps.groups()).isEqualTo(5);
        assertThat(steps.rates()).hasSize(2).first().satisfies(rate -> {
            assertThat(rate.group().project()).isEqualTo("shop");
            assertThat(rate.step()).isNotNull();
            assertThat(rate.step().text()).isEqualTo("RUN npm ci");
            assertThat(rate.builds()).isEqualTo(2);
            assertThat(rate.hitRate()).isEqualTo(new HitRate(1, 2));
            assertThat(rate.missed()).isEqualTo(Duration.ofSeconds(5));
        });
    }

    /** However they are told apart, it is the same lookups. */
    @ParameterizedTest
    @EnumSource(RateBy.class)
    void togetherTheyAreAll(RateBy by) {
        var all = rates.by(by, BuildFilter.ALL, 9);
        assertThat(all.rates().stream().map(Rate::hitRate).reduce(HitRate.NONE, HitRate::plus))
                .isEqualTo(new HitRate(3, 8));
        assertThat(all.rates().stream().map(Rate::missed).reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis(5_820));
        assertThat(all.groups()).isEqualTo(all.rates().size());

        var groups = all.rates().stream().map(Rate::group).toList();
        var lines = rates.overTime(by, groups, BuildFilter.ALL, NOW.minusSeconds(3_600), NOW, 6);
        assertThat(lines).extracting(Line::group).containsExactlyElementsOf(groups);
        assertThat(lines.stream()
                        .flatMap(line -> line.points().stream())
                        .map(Point::hitRate)
                        .reduce(HitRate.NONE, HitRate::plus))
                .isEqualTo(new HitRate(3, 8));
    }

    @Test
    void linesContainOnlySpansWithLookups() {
        var from = NOW.minusSeconds(3_600);
        var groups = List.of(new Group("shop", null), new Group("nobody", null), new Group("api", null));

        assertThat(rates.overTime(RateBy.PROJECT, groups, BuildFilter.ALL, from, NOW, 6))
                .containsExactly(
                        new Line(
                                groups.get(0),
                                List.of(
                                        new Point(from, new HitRate(0, 3)),
                                        new Point(from.plusSeconds(1_800), new HitRate(2, 3)))),
                        new Line(groups.get(1), List.of()),
                        new Line(groups.get(2), List.of(new Point(from.plusSeconds(2_400), new HitRate(1, 2)))));
    }

    @Test
    void aFilterHoldsForAll() {
        var shop = BuildFilter.ofProject("shop");

        assertThat(rates.by(RateBy.CLASS, shop, 9).rates())
                .extracting(rate -> rate.hitRate().lookups())
                .containsExactly(2, 2, 2);
        assertThat(rates.by(RateBy.BRANCH, shop.within(NOW.minusSeconds(2_400), null), 9)
                        .rates())
                .extracting(rate -> rate.group().key())
                .containsExactly("fix");
        assertThat(rates.by(RateBy.STEP, BuildFilter.ofProject("none"), 9).groups())
                .isZero();
    }

    @Test
    void rejectsAnInvalidGroupWithTheChoices() {
        assertThat(RateBy.read("step", RateBy.ALL)).isEqualTo(RateBy.STEP);
        assertThatThrownBy(() -> RateBy.read("STEP", List.of(RateBy.CLASS, RateBy.BRANCH)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("by: 'STEP' is not valid; use one of class, branch");
    }
}
