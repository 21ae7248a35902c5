package dev.cachewarden.build.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredRebuildTimesTests {

    /** Descriptions as the engines 20.10, 26.1 and 28.5 give them, and the steps that made the records. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mount / from exec /bin/sh -c make all                 | RUN  | RUN make all
            mount / from exec /bin/sh -c pip install -r a.txt     | RUN  | RUN --mount=type=cache,target=/root/.cache --network=none pip install -r a.txt
            [app 2/3] COPY src/ src/                              | COPY | COPY src/ src/
            [2/3] WORKDIR /app                                    | WORKDIR | WORKDIR /app
            """)
    void recordsAndTheirStepsMeet(String description, String kind, String instruction) {
        assertThat(StoredRebuildTimes.instruction(description)).isEqualTo(StepCosts.command(kind, instruction));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            local source for context                              | COPY | COPY . .
            mount / from exec /bin/sh -c make                     | RUN  | RUN make all
            """)
    void othersDoNot(String description, String kind, String instruction) {
        assertThat(StoredRebuildTimes.instruction(description)).isNotEqualTo(StepCosts.command(kind, instruction));
    }
}
