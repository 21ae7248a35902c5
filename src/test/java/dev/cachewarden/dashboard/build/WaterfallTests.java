package dev.cachewarden.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.steps.TestBuild;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaterfallTests {

    private static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void stepsThatRunAreDrawnUpToNowButThoseOfAnOldLogUpToWhereItHasCome() {
        var steps = TestBuild.at(BEGAN)
                .ran("[build 1/2] COPY . .", 4_000)
                .running("[build 2/2] RUN make", "[build 1/2] COPY . .")
                .steps();
        var soon = BEGAN.plus(Duration.ofMinutes(50));
        var late = BEGAN.plus(Duration.ofDays(8));

        assertThat(Waterfall.until(BuildSource.UPLOAD, steps, Duration.ofHours(1), soon))
                .isEqualTo(soon);
        assertThat(Waterfall.until(BuildSource.UPLOAD, steps, Duration.ofHours(1), late))
                .isEqualTo(BEGAN.plusSeconds(4));
        assertThat(Waterfall.until(BuildSource.HISTORY, steps, Duration.ofHours(1), late))
                .isEqualTo(late);
    }
}
