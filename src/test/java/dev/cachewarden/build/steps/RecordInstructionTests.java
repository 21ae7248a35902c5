package dev.cachewarden.build.steps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordInstructionTests {

    /** Descriptions as the engines 20.10, 26.1 and 28.5 give them, and the steps that made the records. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount / from exec /bin/sh -c make all                 | RUN     | RUN make all
            mount / from exec /bin/sh -c pip install -r a.txt     | RUN     | RUN --mount=type=cache,target=/root/.cache --network=none pip install -r a.txt
            mount / from exec /bin/busybox sh -c echo hi          | RUN     | RUN echo hi
            mount / from exec /bin/bash -o pipefail -euxc a       | RUN     | RUN a
            mount / from exec /bin/sh -c echo hi $X               | RUN     | RUN echo hi abc
            mount / from exec /bin/sh -c echo ${X:-none} to $Y.   | RUN     | RUN echo abc to d.
            mount / from exec /bin/sh -c echo hi $TOKEN           | RUN     | RUN echo hi ‹TOKEN›
            mount / from exec /bin/sh -c a &&     b               | RUN     | RUN a && b
            mount / from exec /bin/busybox ls -l                  | RUN     | RUN ["/bin/busybox", "ls", "-l"]
            mount / from exec /bin/busybox sh -c echo exec form   | RUN     | RUN ["/bin/busybox", "sh", "-c", "echo exec form"]
            [app 2/3] COPY src/ src/                              | COPY    | COPY src/ src/
            [app 2/3] COPY app-1.2 /                              | COPY    | COPY app-‹VERSION› /
            [2/3] WORKDIR /app                                    | WORKDIR | WORKDIR /app
            """)
    void recordsAndTheirStepsMeet(String description, StepKind kind, String text) {
        assertThat(RecordInstruction.of(description).isOf(RecordInstruction.of(kind, text)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            local source for context                              | COPY | COPY . .
            mount / from exec /bin/sh -c make                     | RUN  | RUN make all
            mount / from exec /bin/sh -c echo hi $X               | RUN  | RUN echo ho abc
            mount / from exec /bin/sh -c echo $X to wc            | RUN  | RUN echo abc
            mount / from exec /bin/sh -c echo ab$X-ab             | RUN  | RUN echo ab
            mount / from exec /bin/sh -c echo $X-a-$Y-b           | RUN  | RUN echo 1-b-2-a
            mount / from exec /bin/sh -c echo ab${X}bc            | RUN  | RUN echo abc
            cached mount /c from exec /bin/sh -c make             | RUN  | RUN make
            cached mount /c from exec /bin/sh -c make with id "c" | RUN  | RUN make
            fileop target                                         | COPY | COPY a b
            """)
    void othersDoNot(String description, StepKind kind, String text) {
        assertThat(RecordInstruction.of(description).isOf(RecordInstruction.of(kind, text)))
                .isFalse();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyVariablesAreNoLongWork() {
        var record = RecordInstruction.of("mount / from exec /bin/sh -c echo" + " $X/".repeat(40) + " end");

        assertThat(record.isOf(RecordInstruction.of(StepKind.RUN, "RUN echo" + " a/".repeat(200) + " over")))
                .isFalse();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void redactedTextIsNoLongWork() {
        String step = RecordInstruction.of(StepKind.RUN, "RUN echo" + " ‹X›/".repeat(40) + " end");
        var record = RecordInstruction.of("mount / from exec /bin/sh -c echo" + " a/".repeat(200) + " over");

        assertThat(record.isOf(step)).isFalse();
    }

    @Test
    void longWordsAreRead() {
        String script = "a".repeat(200_000);

        assertThat(RecordInstruction.of(StepKind.RUN, "RUN [\"/bin/sh\", \"-c\", \"" + script + "\"]"))
                .isEqualTo(script);
    }
}
