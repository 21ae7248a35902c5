package dev.cachewarden.build.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildOrderTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final StoredBuilds builds = BuildStoreParts.builds(database);

    /** Equal durations, hit rates and starts; unknown durations and rates; two that run, one of which has a rate so far. */
    @BeforeEach
    void fill() {
        database.clear();
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at, duration_millis, hits, lookups)
                select 'HISTORY', project, 'GIVEN', state, timestamptz '2026-03-01 10:00:00Z' + make_interval(mins => minute), millis, hits, lookups
                from (values (1, 'a', 'DONE', 5, 3000, 1, 3), (2, 'b', 'DONE', 5, 3000, 2, 6), (3, 'c', 'FAILED', 9, 0, 0, 2),
                    (4, 'd', 'DONE', 1, 9000, 4, 4), (5, 'e', 'DONE', 7, null, 0, 0), (6, 'f', 'RUNNING', 3, null, 4, 4),
                    (7, 'g', 'RUNNING', 8, null, 0, 0), (8, 'h', 'DONE', 2, null, 3, 4), (9, 'i', 'DONE', 6, 3000, 0, 0))
                    one (n, project, state, minute, millis, hits, lookups)
                order by n""");
    }

    @ParameterizedTest
    @CsvSource({
        "-started,  g f c e i b a h d",
        "started,   d h a b i e c f g",
        "-duration, d i b a c h g f e",
        "duration,  c a b i d e f g h",
        "-hitRate,  d h b a c i g f e",
        "hitRate,   c a b h d e f g i",
        "'',        g f c e i b a h d",
    })
    void sortsWithUnknownValuesLast(String sort, String expected) {
        var order = BuildOrder.parse(sort);

        assertThat(names(builds.list(BuildFilter.ALL, order, null, 9).items())).isEqualTo(expected);
        assertThat(names(whole(BuildFilter.ALL, order))).isEqualTo(expected);
        for (int limit = 1; limit <= 9; limit++) {
            assertThat(names(pages(BuildFilter.ALL, order, limit)))
                    .as("pages of " + limit)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheFilter(BuildOrder order) {
        var all = names(builds.list(BuildFilter.ALL, order, null, 9).items());
        var since = BuildFilter.ALL.within(Instant.parse("2026-03-01T10:03:00Z"), null);

        var expected = Arrays.stream(all.split(" "))
                .filter(name -> !"d".equals(name) && !"h".equals(name))
                .collect(Collectors.joining(" "));
        assertThat(names(pages(since, order, 2))).isEqualTo(expected);
        assertThat(names(whole(since, order))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void newBuildsDoNotMoveTheNextPage(BuildOrder order) {
        var first = builds.list(BuildFilter.ALL, order, null, 4);
        var expected =
                names(builds.list(BuildFilter.ALL, order, first.next(), 9).items());
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at, duration_millis, hits, lookups)
                select source, 'new', project_known_by, state, started_at, duration_millis, hits, lookups from build where project = ?""", first.items().getFirst().project());

        var next = names(builds.list(BuildFilter.ALL, order, first.next(), 9).items());

        assertThat(next.replace("new ", "").replace(" new", "")).isEqualTo(expected);
    }

    /** The build has its duration when its part is read, and keeps its place in the file. */
    @Test
    void listsABuildOnceIfItEndsDuringTheIteration() {
        var seen = new ArrayList<String>();

        builds.forEach(BuildFilter.ALL, BuildOrder.LONGEST, build -> {
            seen.add(build.project());
            database.jdbc().update("update build set state = 'DONE', duration_millis = 8000 where state = 'RUNNING'");
            database.jdbc().update("delete from build where project = 'e'");
        });

        assertThat(String.join(" ", seen)).isEqualTo("d i b a c h g f e");
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        var first = builds.list(BuildFilter.ALL, BuildOrder.LONGEST, null, 2);

        assertThatThrownBy(() -> builds.list(BuildFilter.ALL, BuildOrder.SHORTEST, first.next(), 2))
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hits", "--duration", "DURATION", "LONGEST"})
    void anUnknownOrderIsRefused(String sort) {
        assertThatThrownBy(() -> BuildOrder.parse(sort))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems().getFirst().reason())
                                .startsWith("must be started, duration or hitRate"));
    }

    /** A sort of all builds would need memory and time that grow with them. */
    @ParameterizedTest
    @CsvSource({
        "duration_millis, 350, build_by_duration",
        "(case when state <> 'RUNNING' and lookups > 0 then hits::float8 / lookups end), 0.8, build_by_hit_rate"
    })
    void knownAndUnknownValuesFollowTheIndex(String figure, String place, String index) {
        database.jdbc().update("""
                insert into build (source, project, project_known_by, state, started_at, duration_millis, hits, lookups)
                select 'HISTORY', 'p', 'GIVEN', 'DONE', now(), case when n % 9 > 0 then n % 700 end, n % 7, n % 7 + n % 3 from generate_series(1, 5000) n""");
        database.jdbc().execute("analyze build");
        for (String part : List.of(
                figure + " is not null and (" + figure + ", id) < (" + place + ", 4000)", figure + " is null")) {
            var plan = String.join(
                    "\n",
                    database.jdbc()
                            .queryForList(
                                    "explain select * from build where " + part + " order by " + figure
                                            + " desc, id desc limit 51",
                                    String.class));

            assertThat(plan).contains("Index Scan Backward using " + index).doesNotContain("Sort");
        }
    }

    private List<BuildView> pages(BuildFilter filter, BuildOrder order, int limit) {
        var all = new ArrayList<BuildView>();
        @Nullable String after = null;
        do {
            var page = builds.list(filter, order, after, limit);
            all.addAll(page.items());
            after = page.next();
        } while (after != null);
        return all;
    }

    private List<BuildView> whole(BuildFilter filter, BuildOrder order) {
        var all = new ArrayList<BuildView>();
        builds.forEach(filter, order, all::add);
        return all;
    }

    private static String names(List<BuildView> builds) {
        return builds.stream().map(BuildView::project).collect(Collectors.joining(" "));
    }
}
