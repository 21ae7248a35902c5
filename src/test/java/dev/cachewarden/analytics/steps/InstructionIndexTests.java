package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.build.steps.StepKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstructionIndexTests {

    private final InstructionIndex<String> index = new InstructionIndex<>();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount / from exec /bin/sh -c make             | make cached-make
            mount / from exec /bin/sh -c make all         |
            mount / from exec /bin/sh -c echo $WHAT       | echo-a echo-b
            mount / from exec /bin/sh -c echo ${A} $B     |
            mount / from exec /bin/sh -c $TOOL build      | tool
            [app 2/3] COPY app-1.2 /                      | copy
            [app 2/3] COPY web-1.2 /                      |
            [2/3] ADD https://a.example/x y               | hidden
            cached mount /c from exec /bin/sh -c make     |
            """)
    void recordsAreHeldAgainstAllSteps(String description, @Nullable String expected) {
        index.add(StepKind.RUN, "RUN make", "make");
        index.add(StepKind.RUN, "RUN --mount=type=cache,target=/c make", "cached-make");
        index.add(StepKind.RUN, "RUN echo a", "echo-a");
        index.add(StepKind.RUN, "RUN echo b", "echo-b");
        index.add(StepKind.RUN, "RUN ‹TOOL› build", "tool");
        index.add(StepKind.COPY, "COPY app-‹VERSION› /", "copy");
        index.add(StepKind.ADD, "ADD https://‹HOST›/x y", "hidden");

        assertThat(String.join(" ", index.of(RecordInstruction.of(description))))
                .isEqualTo(expected == null ? "" : expected);
    }
}
