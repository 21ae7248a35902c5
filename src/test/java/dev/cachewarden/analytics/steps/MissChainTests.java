package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.steps.MissChain.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissChainTests {

    /** Two stages, 2 to 4 and 5 to 6, that 7 brings together; 3, 5 and what follows missed. Step 1 is what all depend on. */
    private static final MissChain CHAIN = MissChain.of(List.of(
            new Step(1, false, List.of()),
            new Step(2, false, List.of(1)),
            new Step(3, true, List.of(2)),
            new Step(4, true, List.of(3)),
            new Step(5, true, List.of(1)),
            new Step(6, true, List.of(5)),
            new Step(7, true, List.of(4, 6)),
            new Step(8, false, List.of(4)),
            new Step(9, true, List.of(8))));

    @ParameterizedTest
    @CsvSource({
        "1,   ,",
        "2,   ,",
        "3,   , 4 9",
        "4,  3,",
        "5,   , 6",
        "6,  5,",
        "7,  3,",
        "9,  3,",
        "99,  ,",
    })
    void returnsTheCauseAndTheDownstreamSteps(int step, @Nullable Integer before, @Nullable String after) {
        assertThat(CHAIN.before(step).stream().boxed().findFirst().orElse(null)).isEqualTo(before);
        assertThat(CHAIN.onlyAfter(step))
                .map(String::valueOf)
                .containsExactly(after == null ? new String[0] : after.split(" "));
    }

    /** Kept whole for each step, the roots of such a build would be 25 million numbers. */
    @Test
    void manyMissesBelowManyStepsAreNoBurden() {
        int half = 5_000;
        var steps = new ArrayList<Step>();
        for (int i = 1; i <= half; i++) {
            steps.add(new Step(i, true, List.of()));
        }
        steps.add(
                new Step(half + 1, true, IntStream.rangeClosed(1, half).boxed().toList()));
        for (int i = half + 2; i <= 2 * half; i++) {
            steps.add(new Step(i, true, List.of(i - 1)));
        }
        var chain = MissChain.of(steps);

        assertThat(chain.before(2 * half)).hasValue(1);
        assertThat(chain.onlyAfter(1)).isEmpty();
    }
}
