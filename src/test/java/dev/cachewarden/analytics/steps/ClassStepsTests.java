package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.MixedBuilds;
import dev.cachewarden.analytics.PlainFigures;
import dev.cachewarden.analytics.PlainFigures.StepLookup;
import dev.cachewarden.analytics.steps.ClassSteps.Step;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Few builds are read of many that looked up the same; here what they tell is held against all of them. */
class ClassStepsTests {

    private static final int MOST = 1_000;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final MixedBuilds made = new MixedBuilds(database);
    private final ClassSteps steps = new ClassSteps(JdbcClient.create(database.dataSource()));
    private final PlainFigures plain = new PlainFigures(database);

    @BeforeEach
    void builds() {
        made.add();
        made.follow();
    }

    @Test
    void stepsAreThoseOfAllBuilds() {
        for (var filter : MixedBuilds.filters()) {
            assertThat(steps.of(filter, MOST))
                    .isNotEmpty()
                    .isEqualTo(all(filter).toList());
        }
    }

    /** The same step of a project with rules of its own and of one without has two classes. */
    @Test
    void aStepMayHaveTwoClasses() {
        made.reclassify();

        for (var filter : MixedBuilds.filters()) {
            assertThat(steps.of(filter, MOST))
                    .isNotEmpty()
                    .isEqualTo(all(filter).toList());
        }
        assertThat(steps.of(BuildFilter.ALL, MOST).stream().map(Step::identity))
                .hasSizeGreaterThan((int) steps.of(BuildFilter.ALL, MOST).stream()
                        .map(Step::identity)
                        .distinct()
                        .count());
    }

    @Test
    void limitsToTheLatestBuilt() {
        assertThat(steps.of(BuildFilter.ALL, 4))
                .isEqualTo(all(BuildFilter.ALL).limit(4).toList());
    }

    private Stream<Step> all(BuildFilter filter) {
        return plain.lookups(filter).stream()
                .collect(Collectors.groupingBy(one ->
                        List.of(one.step().identity(), one.step().stepClass().name())))
                .values()
                .stream()
                .sorted(Comparator.comparing((List<StepLookup> some) -> -last(some))
                        .thenComparing(some -> some.getFirst().step().identity())
                        .thenComparing(
                                some -> some.getFirst().step().stepClass().name()))
                .map(ClassStepsTests::step);
    }

    private static long last(List<StepLookup> some) {
        return some.stream().mapToLong(one -> one.build().id().value()).max().orElseThrow();
    }

    private static Step step(List<StepLookup> some) {
        var step = some.getFirst().step();
        var builders = some.stream()
                .map(one -> one.build().builder())
                .filter(Objects::nonNull)
                .collect(Collectors.<BuilderId>toSet());
        return new Step(step.identity(), step.stepClass(), step.kind(), step.text(), builders);
    }
}
