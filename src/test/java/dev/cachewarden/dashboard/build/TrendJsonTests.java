package dev.cachewarden.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.dashboard.build.AnalyticsModel.Range;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TrendJsonTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Range DAY = new Range("24h", BEGIN, BEGIN.plus(Duration.ofDays(1)));

    @Test
    void linesHaveAGapWithoutLookups() {
        var spans = List.of(
                new RatesView.Span(BEGIN, Arrays.asList(new HitRate(1, 4), null)),
                new RatesView.Span(BEGIN.plusSeconds(60), Arrays.asList(null, new HitRate(3, 3))));

        var json = JsonMapper.shared()
                .readTree(TrendJson.lines(List.of("main", "fix"), spans, DAY, Duration.ofMinutes(1)));

        assertThat(json.path("series").get(0).path("bytes")).hasToString("[25.0,null]");
        assertThat(json.path("series").get(1).path("bytes")).hasToString("[null,100.0]");
        assertThat(json.path("sparse").asBoolean()).isTrue();
        assertThat(json.path("times")).hasSize(2);
    }

    /** Branches are called as strangers please. */
    @Test
    void noNameEndsTheScript() {
        var json = TrendJson.lines(List.of("</script><b>"), List.of(), DAY, Duration.ofMinutes(1));

        assertThat(json).doesNotContain("<");
        assertThat(JsonMapper.shared()
                        .readTree(json)
                        .path("series")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("</script><b>");
    }
}
