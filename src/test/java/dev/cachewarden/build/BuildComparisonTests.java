package dev.cachewarden.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildComparisonTests {

    private static final String WHY = new MissCause.FirstBuild().text();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a step of one word   | CODE_CHANGED | COPY . .                        | COPY . .
            a step with sentences| CODE_CHANGED | RUN echo "a. b." && make. all.  | RUN echo "a. b." && make. all.
            no matter which      | FIRST        | COPY . .                        | -
            no cache used        | FORCED       | COPY . .                        | -
            not known            | CODE_CHANGED | -                               | -
            """)
    void missedStepIsNamedUnlessItDoesNotMatter(
            String name, Scenario scenario, @Nullable String step, @Nullable String expected) {
        var miss = new BuildComparison.Miss(3, step, MissCause.Kind.FIRST_BUILD, WHY, 0, Duration.ZERO, null);

        assertThat(new BuildComparison(scenario, WHY, null, miss, null).missedStep())
                .isEqualTo(expected);
        assertThat(new BuildComparison(Scenario.UNCHANGED, WHY, null, null, null).missedStep())
                .isNull();
    }
}
