package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.HitRates;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.analytics.Splits;
import dev.cachewarden.analytics.steps.ClassSizes;
import dev.cachewarden.analytics.steps.StepRecords;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What the pages of builds ask the database for: 20,000 builds of 50 projects over 90 days, 30 steps each, on 10 builders. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AnalyticsBenchmark {

    static final TestDatabase database = TestDatabase.create();

    private static final int BUILDS = 20_000;
    private static final int PROJECTS = 50;
    private static final int DAYS = 90;
    private static final int STEPS = 30;
    private static final int BUILDERS = 10;
    private static final int RECORDS = 6_000;
    private static final int TIMES = 5;
    private static final int POINTS = 60;

    private final Instant now = Instant.now();
    private double together;

    @Autowired
    private BuildAnalytics analytics;

    @Autowired
    private HitRates rates;

    @Autowired
    private Builds builds;

    @Autowired
    private Splits splits;

    @Autowired
    private RebuildTimes rebuildTimes;

    @Autowired
    private HostRegistry hosts;

    @Autowired
    private ClassSizes classSizes;

    @Autowired
    private StepRecords stepRecords;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
        registry.add("cachewarden.host.find-local-engine", () -> "false");
        registry.add("cachewarden.history.polling", () -> "false");
        registry.add("cachewarden.build.following", () -> "false");
    }

    @Test
    void pagesOfBuilds() {
        addHosts();
        long start = System.nanoTime();
        MadeUpBuilds.add(database, BUILDS, PROJECTS, DAYS, STEPS, BUILDERS);
        MadeUpBuilds.cache(database, RECORDS);
        Figures.print("made up %d builds of %d steps in %.0f s", BUILDS, STEPS, (System.nanoTime() - start) / 1e9);
        for (int days : List.of(7, 30, 90)) {
            var since = now.minus(Duration.ofDays(days));
            page("analytics, " + days + " days", BuildFilter.ALL.within(since, null), since);
            measureGroupedRates(days + " days", BuildFilter.ALL.within(since, null), since);
        }
        var since = now.minus(Duration.ofDays(30));
        page("analytics of a host, 30 days", ofHost(since), since);
        project("project, 30 days", Duration.ofDays(30));
        project("project, 90 days", Duration.ofDays(90));
        list();
        overview();
        sizes();
        held();
    }

    private static void addHosts() {
        database.jdbc().update("""
                with added as (
                    insert into host (name, kind, address, poll_interval_seconds, created_at, engine_id, reachability,
                        reachability_since)
                    select 'fleet-' || n, 'DOCKER_ENGINE', 'tcp://nowhere:2375', 86400, now(), 'engine-' || n, 'REACHABLE', now()
                    from generate_series(1, ?) n order by n returning id)
                insert into builder (host_id, name, driver, created_at)
                select id, 'default', 'docker', now() from added order by id""", BUILDERS);
    }

    private BuildFilter ofHost(Instant since) {
        return BuildFilter.ofBuilders(hosts.buildersOfEngine(hosts.all().getFirst()))
                .within(since, null);
    }

    private void page(String page, BuildFilter filter, Instant since) {
        begin();
        figures(page, filter, since);
        time(page, "byProject", () -> analytics.byProject(filter, 20).size());
        time(page, "byBuilder", () -> analytics.byBuilder(filter).size());
        time(page, "branches", () -> analytics.branches(filter, 200).size());
        time(page, "projects", () -> builds.projects().size());
        end(page);
    }

    private void project(String page, Duration back) {
        var whole = BuildFilter.ofProject("team-1/project-1");
        var since = now.minus(back);
        var filter = whole.within(since, null);
        begin();
        figures(page, filter, since);
        time(page, "list", () -> builds.list(whole, null, 15).items().size());
        time(page, "sent", () -> analytics.sent(filter, 50).size());
        time(page, "growth", () -> analytics.growth(filter).isPresent() ? 1 : 2);
        time(
                page,
                "dockerfileChanges",
                () -> splits.dockerfileChanges(filter, 20).size());
        end(page);
    }

    /** What all these pages have. */
    private void figures(String page, BuildFilter filter, Instant since) {
        time(page, "totals", () -> analytics.totals(filter).builds());
        time(
                page,
                "overTime",
                () -> analytics.overTime(filter, since, now, POINTS).size());
        rates(page, RateBy.CLASS, filter, since);
        time(page, "cacheTransfers", () -> analytics.cacheTransfers(filter).size() + 1);
        time(
                page,
                "costliestMisses",
                () -> analytics.costliestMisses(filter, 15).size());
        time(page, "workTimes", () -> analytics.workTimes(filter).builds());
        time(page, "scenarios", () -> analytics.scenarios(filter, null).rows().size());
        time(page, "sizes by class", () -> classSizes.of(filter).size());
    }

    /** Of these a page has one; each takes the place of the classes. */
    private void measureGroupedRates(String page, BuildFilter filter, Instant since) {
        for (var by : List.of(RateBy.STEP, RateBy.PROJECT, RateBy.BUILDER, RateBy.BRANCH)) {
            begin();
            rates(page, by, filter, since);
            end("rates by " + by.written() + ", " + page);
        }
    }

    private void rates(String page, RateBy by, BuildFilter filter, Instant since) {
        var groups = rates.by(by, filter, 20).rates().stream()
                .map(HitRates.Rate::group)
                .limit(6)
                .toList();
        time(
                page,
                "rates by " + by.written(),
                () -> rates.by(by, filter, 20).rates().size());
        time(
                page,
                "the same over time",
                () -> rates.overTime(by, groups, filter, since, now, 30).size());
    }

    private void list() {
        begin();
        for (var typed :
                List.of("", "exit 49", "nowhere at all", "branch:main state:failed", "cause:input-changed project-7")) {
            var all = BuildFilter.ALL;
            var filter = new BuildFilter(
                    all.project(),
                    all.builders(),
                    all.branch(),
                    all.states(),
                    all.scenario(),
                    BuildSearch.parse(typed, hosts),
                    null,
                    null);
            time(
                    "list",
                    "'" + typed + "'",
                    () -> builds.list(filter, null, 50).items().size() + 1);
        }
        end("list, all five");
        begin();
        for (var order : BuildOrder.values()) {
            var first = builds.list(BuildFilter.ALL, order, null, 10_000);
            time(
                    "list by",
                    order + ", first",
                    () -> builds.list(BuildFilter.ALL, order, null, 50).items().size());
            time(
                    "list by",
                    order + ", after 10,000",
                    () -> builds.list(BuildFilter.ALL, order, first.next(), 50)
                            .items()
                            .size());
        }
        end("list, all orders");
    }

    private void overview() {
        begin();
        var week = BuildFilter.ALL.within(now.minus(Duration.ofDays(7)), null);
        time("overview", "totals", () -> analytics.totals(week).builds());
        time("overview", "byBuilder", () -> analytics.byBuilder(week).size());
        end("overview");
    }

    private void sizes() {
        begin();
        var record = new CacheRecord(
                "r",
                RecordType.REGULAR,
                List.of(),
                "mount / from exec /bin/sh -c make part-4 of-10",
                false,
                false,
                null,
                ByteSize.ZERO,
                now,
                null,
                0);
        var builder = hosts.all().getFirst().builders().getFirst().id();
        time(
                "size curve",
                "rebuildTimes",
                () -> rebuildTimes.of(builder, List.of(record)).size());
        end("size curve");
    }

    /** What a build's page tells of the 6,000 records of its builder. */
    private void held() {
        begin();
        var build = builds.list(BuildFilter.ALL, null, 1).items().getFirst();
        var steps = builds.steps(build.id());
        time("held", "by a build", () -> stepRecords.of(build, steps).byStep().size());
        end("held, one build");
    }

    private void begin() {
        together = 0;
    }

    private void time(String page, String query, Supplier<Integer> asked) {
        assertThat(asked.get()).isPositive();
        var times = new ArrayList<Duration>();
        for (int i = 0; i < TIMES; i++) {
            long start = System.nanoTime();
            int answered = asked.get();
            times.add(Duration.ofNanos(System.nanoTime() - start));
            assertThat(answered).isPositive();
        }
        double median = Figures.medianMillis(times);
        together += median;
        Figures.print("%s: %s %.1f ms", page, query, median);
    }

    private void end(String page) {
        Figures.print("%s: all of it %.0f ms (aim: at most 1,000 ms)", page, together);
    }
}
