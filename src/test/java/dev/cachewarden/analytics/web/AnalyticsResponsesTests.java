package dev.cachewarden.analytics.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.WorkTimes;
import dev.cachewarden.analytics.WorkTimes.Work;
import dev.cachewarden.analytics.web.AnalyticsResponses.WorkResponse;
import dev.cachewarden.build.analysis.WorkKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyticsResponsesTests {

    private static final Duration SUMMED = Duration.ofSeconds(4);

    @Test
    void realTimeIsNullIfNoBuildHasStepTimes() {
        var exec = new Work(WorkKind.EXEC, 3, Duration.ZERO, SUMMED);

        var response = WorkResponse.of(new WorkTimes(2, 0, Duration.ZERO, SUMMED, Duration.ZERO, List.of(exec)));

        assertThat(response.wall()).isNull();
        assertThat(response.idle()).isNull();
        assertThat(response.idleShare()).isNull();
        assertThat(response.kinds()).singleElement().satisfies(kind -> {
            assertThat(kind.wall()).isNull();
            assertThat(kind.wallShare()).isNull();
            assertThat(kind.summed()).isEqualTo(SUMMED);
        });
    }

    @Test
    void realTimeIsReportedIfOneBuildHasStepTimes() {
        var wall = Duration.ofSeconds(8);
        var exec = new Work(WorkKind.EXEC, 3, Duration.ofSeconds(6), SUMMED);

        var response = WorkResponse.of(new WorkTimes(2, 1, wall, SUMMED, Duration.ofSeconds(2), List.of(exec)));

        assertThat(response.wall()).isEqualTo(wall);
        assertThat(response.idleShare()).isEqualTo(0.25);
        assertThat(response.kinds().getFirst().wallShare()).isEqualTo(0.75);
    }
}
