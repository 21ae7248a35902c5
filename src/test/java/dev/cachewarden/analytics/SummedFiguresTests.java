package dev.cachewarden.analytics;

import static dev.cachewarden.analytics.StoredTestBuilds.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.WorkTimes.Work;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.testing.TestDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of many builds goes by the sums that are kept of each; here it is held against what their steps say. */
class SummedFiguresTests {

    private static final List<String> SUMS = List.of("build_class_sums", "build_work_sums", "build_time_sums");

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final MixedBuilds made = new MixedBuilds(database);
    private final BuildAnalytics analytics = AnalyticsParts.analytics(database);
    private final PlainFigures plain = new PlainFigures(database);

    /** What becomes of builds that are stored. */
    enum Then {
        NOTHING {
            @Override
            void happens(MixedBuilds made) {}
        },
        STEPS_ARE_RECLASSIFIED {
            @Override
            void happens(MixedBuilds made) {
                made.reclassify();
            }
        },
        BUILDS_RUN_AND_END {
            @Override
            void happens(MixedBuilds made) {
                made.follow();
            }
        },
        OLD_ONES_ARE_DELETED {
            @Override
            void happens(MixedBuilds made) {
                made.deleteOld();
            }
        },
        ALL_OF_IT {
            @Override
            void happens(MixedBuilds made) {
                made.follow();
                made.reclassify();
                made.deleteOld();
            }
        };

        abstract void happens(MixedBuilds made);
    }

    @BeforeEach
    void builds() {
        made.add();
    }

    @ParameterizedTest
    @EnumSource
    void figuresAreThoseOfTheSteps(Then then) {
        then.happens(made);

        for (var filter : MixedBuilds.filters()) {
            assertThat(analytics.byClass(filter)).isNotEmpty().isEqualTo(plain.byClass(filter));
            assertThat(analytics.workTimes(filter)).isEqualTo(plain.workTimes(filter));
            assertThat(analytics.costliestMisses(filter, 100))
                    .isNotEmpty()
                    .isEqualTo(plain.costliestMisses(filter, 100));
            assertThat(analytics.costliestMisses(filter, 3)).hasSize(3).isEqualTo(plain.costliestMisses(filter, 3));
        }
    }

    /** Nothing is left of what was there before, and nothing is left out. */
    @ParameterizedTest
    @EnumSource
    void sumsAreKeptInStep(Then then) {
        then.happens(made);
        var kept = sums();

        BuildStoreParts.sumUp(database);

        assertThat(sums()).isEqualTo(kept);
    }

    private List<List<Map<String, @Nullable Object>>> sums() {
        return SUMS.stream()
                .map(table -> database.jdbc().queryForList("select * from " + table + " order by 1, 2"))
                .toList();
    }

    /** Its steps are stored every few seconds, and nothing counts it. */
    @Test
    void aBuildThatRunsHasNoSums() {
        made.follow();

        assertThat(database.jdbc().queryForList("""
                        select distinct b.ref from build b join build_time_sums s on s.build_id = b.id
                        where b.ref in ('runs', 'followed')""", String.class)).containsExactly("followed");
        assertThat(database.jdbc().queryForObject("""
                        select count(*) from build b join build_step s on s.build_id = b.id where b.ref = 'runs'""", Integer.class)).isPositive();
    }

    /** The database has lists of its own of kinds that are looked up in the cache, and of the work they are. */
    @ParameterizedTest
    @EnumSource
    void eachKindAndStateCountsAsInBuilds(StepKind kind) {
        database.clear();
        var jdbc = database.jdbc();
        jdbc.update("""
                insert into build (source, project, project_known_by, state, started_at) values ('UPLOAD', 'app', 'GIVEN', 'DONE', ?)""", Timestamp.from(NOW));
        for (var state : VertexState.values()) {
            jdbc.update(
                    """
                    insert into build_step (build_id, number, vertex, name, kind, instruction, identity, class, class_reason, state,
                        started_at, completed_at, duration_micros, transferred_bytes, log, log_cut)
                    values (1, ?, 'v', 'n', ?, 'i', 'd', 'SETUP', 'r', ?, ?, ?, 1000000, 0, '', false)""",
                    state.ordinal(),
                    kind.name(),
                    state.name(),
                    Timestamp.from(NOW),
                    Timestamp.from(NOW.plusSeconds(1)));
        }
        BuildStoreParts.sumUp(database);

        assertThat(analytics.byClass(BuildFilter.ALL)).hasSize(kind.cacheable() ? 1 : 0);
        assertThat(analytics.byClass(BuildFilter.ALL)).isEqualTo(plain.byClass(BuildFilter.ALL));
        assertThat(analytics.costliestMisses(BuildFilter.ALL, 9)).isEqualTo(plain.costliestMisses(BuildFilter.ALL, 9));
        assertThat(analytics.workTimes(BuildFilter.ALL).kinds())
                .extracting(Work::kind)
                .containsExactly(WorkKind.of(kind));
    }

    /** A log may tell of any times, and its build is to be kept all the same. */
    @Test
    void timesThatFitNowhereLoseNoBuild() {
        database.jdbc().update("""
                update build_step set duration_micros = 9223372036854775807, started_at = '4713-01-01 00:00:00+00 BC',
                    completed_at = '294276-01-01 00:00:00+00'""");

        BuildStoreParts.sumUp(database);

        assertThat(database.jdbc().queryForObject("select max(missed_micros) from build_class_sums", Long.class))
                .isEqualTo(Long.MAX_VALUE);
    }

    /** In a log of no times nothing lasts; only that a build is counted is seen of it. */
    @Test
    void aBuildWithoutTimesCounts() {
        database.jdbc().update("update build_step set started_at = null, completed_at = null, duration_micros = null");
        BuildStoreParts.sumUp(database);

        var reported = analytics.workTimes(BuildFilter.ALL);

        assertThat(reported).isEqualTo(plain.workTimes(BuildFilter.ALL));
        assertThat(reported.builds()).isPositive();
        assertThat(reported.wall()).isEqualTo(Duration.ZERO);
    }

    @Test
    void classesAreAllThere() {
        var classes = new EnumMap<StepClass, Integer>(StepClass.class);
        analytics.byClass(BuildFilter.ALL).forEach(rate -> classes.merge(rate.stepClass(), 1, Integer::sum));

        assertThat(classes).hasSizeGreaterThan(3);
    }
}
