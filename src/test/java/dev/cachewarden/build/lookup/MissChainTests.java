package dev.cachewarden.build.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.lookup.MissChain.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    void tellsWhatCameBeforeAndWhatCameOfIt(int step, @Nullable Integer before, @Nullable String after) {
        assertThat(CHAIN.before(step).stream().boxed().findFirst().orElse(null)).isEqualTo(before);
        assertThat(CHAIN.onlyAfter(step))
                .map(String::valueOf)
                .containsExactly(after == null ? new String[0] : after.split(" "));
    }
}
