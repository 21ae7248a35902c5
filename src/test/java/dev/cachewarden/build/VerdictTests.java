package dev.cachewarden.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.Comparison;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTests {

    private static final String WHY = new MissCause.FirstBuild().text();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            a step of one word   | COPY . .                        | COPY . .
            a step with sentences| RUN echo "a. b." && make. all.  | RUN echo "a. b." && make. all.
            no matter which      | -                               | -
            """)
    void missedStepIsTheOneThatTheReasonNames(String name, @Nullable String step, @Nullable String expected) {
        String reason = step == null ? WHY : Comparison.FIRST_MISS + step + ". " + WHY;
        var miss = new Verdict.Miss(3, "FirstBuild", WHY, 0, Duration.ZERO, null);

        assertThat(new Verdict(Scenario.CODE_CHANGED, reason, null, miss, null).missedStep())
                .isEqualTo(expected);
        assertThat(new Verdict(Scenario.UNCHANGED, reason, null, null, null).missedStep())
                .isNull();
    }
}
