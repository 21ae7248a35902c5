package dev.cachewarden.analytics;

import static dev.cachewarden.analytics.StoredTestBuilds.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.HitRates.Group;
import dev.cachewarden.analytics.HitRates.Line;
import dev.cachewarden.analytics.HitRates.Point;
import dev.cachewarden.analytics.HitRates.Rate;
import dev.cachewarden.analytics.PlainFigures.StepLookup;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rates go by the sums that are kept of each build; here they are held against what the steps say. */
class SummedRatesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final int POINTS = 12;
    private static final Duration LENGTH = Duration.ofDays(3);
    private static final Instant FROM = NOW.minus(LENGTH.multipliedBy(POINTS));

    private final MixedBuilds made = new MixedBuilds(database);
    private final HitRates rates = new HitRates(JdbcClient.create(database.dataSource()));
    private final PlainFigures plain = new PlainFigures(database);

    @BeforeEach
    void builds() {
        made.add();
        made.follow();
        made.reclassify();
    }

    @Test
    void ofClassesAndProjectsAreThoseOfTheSteps() {
        for (var filter : MixedBuilds.filters()) {
            var all = plain.lookups(filter);
            assertThat(rates.by(RateBy.CLASS, filter, 20).rates()).isNotEmpty().allSatisfy(rate -> {
                var some = of(
                        all,
                        one -> one.step().stepClass().name().equals(rate.group().key()));
                assertThat(rate).isEqualTo(rate(rate.group(), some));
            });
            assertThat(rates.by(RateBy.PROJECT, filter, 20).rates())
                    .isNotEmpty()
                    .allSatisfy(rate -> {
                        var some = of(
                                all,
                                one -> one.build()
                                        .outline()
                                        .project()
                                        .name()
                                        .equals(rate.group().key()));
                        assertThat(rate.missed()).isEqualTo(PlainFigures.missed(some));
                        assertThat(rate.hitRate()).isEqualTo(PlainFigures.hitRate(some));
                    });
        }
    }

    @Test
    void ofClassesOverTimeAreThoseOfTheSteps() {
        for (var filter : MixedBuilds.filters()) {
            var groups = rates.by(RateBy.CLASS, filter, 20).rates().stream()
                    .map(Rate::group)
                    .toList();

            var lines =
                    rates.overTime(RateBy.CLASS, groups, filter, FROM, FROM.plus(LENGTH.multipliedBy(POINTS)), POINTS);

            var reported = lines.stream().map(Line::group).toList();
            assertThat(reported).isEqualTo(groups);
            assertThat(lines).allSatisfy(line -> assertThat(line.points()).isEqualTo(points(line.group(), filter)));
        }
    }

    private List<Point> points(Group group, BuildFilter filter) {
        var all = of(plain.lookups(filter), one -> one.step().stepClass().name().equals(group.key()));
        return IntStream.range(0, POINTS)
                .mapToObj(i -> FROM.plus(LENGTH.multipliedBy(i)))
                .map(from -> new Point(from, PlainFigures.hitRate(of(all, one -> within(one, from)))))
                .filter(point -> point.hitRate().lookups() > 0)
                .toList();
    }

    private static boolean within(StepLookup one, Instant from) {
        var at = one.build().startedAt();
        return !at.isBefore(from) && at.isBefore(from.plus(LENGTH));
    }

    private static List<StepLookup> of(List<StepLookup> all, Predicate<StepLookup> which) {
        return all.stream().filter(which).toList();
    }

    private static Rate rate(Group group, List<StepLookup> some) {
        int builds = (int) some.stream().map(one -> one.build().id()).distinct().count();
        return new Rate(group, null, builds, PlainFigures.hitRate(some), PlainFigures.missed(some));
    }
}
