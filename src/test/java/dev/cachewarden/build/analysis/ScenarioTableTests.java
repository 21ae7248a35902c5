package dev.cachewarden.build.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.ScenarioTable.Entry;
import dev.cachewarden.build.analysis.ScenarioTable.Row;
import dev.cachewarden.build.analysis.ScenarioTable.Side;
import dev.cachewarden.build.analysis.ScenarioTable.Spread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTableTests {

    private static final Instant SPLIT = Instant.parse("2026-03-01T00:00:00Z");

    private final List<Entry> builds = new ArrayList<>();

    @Test
    void showsMedianSpreadAndGainByScenario() {
        before(Scenario.CODE_CHANGED, 700, 720, 740);
        after(Scenario.CODE_CHANGED, 40, 45, 50);
        before(Scenario.FIRST, 900);
        var table = ScenarioTable.of(builds, SPLIT);

        assertThat(table.rows()).extracting(Row::scenario).containsExactly(Scenario.FIRST, Scenario.CODE_CHANGED);
        var code = table.rows().getLast();
        assertThat(code.before())
                .isEqualTo(new Side(
                        3, Duration.ofSeconds(720), Duration.ofSeconds(700), Duration.ofSeconds(740), Spread.ALL));
        var gain = code.gain().orElseThrow();
        assertThat(gain.time()).isEqualTo(Duration.ofSeconds(675));
        assertThat(gain.share()).isEqualTo(0.9375);
        assertThat(gain.times()).contains(16.0);
        assertThat(gain.doubt()).isEmpty();
        assertThat(table.rows().getFirst().gain()).isEmpty();
    }

    @Test
    void takesHundredthsWhereThereAreEnoughBuilds() {
        after(Scenario.UNCHANGED, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        assertThat(ScenarioTable.of(builds, SPLIT).rows().getFirst().after())
                .isEqualTo(new Side(
                        11, Duration.ofSeconds(6), Duration.ofSeconds(2), Duration.ofSeconds(10), Spread.P10_TO_P90));
    }

    @Test
    void marksAGainOfTooFewBuilds() {
        before(Scenario.CODE_CHANGED, 720);
        after(Scenario.CODE_CHANGED, 45, 46, 47, 48);
        assertThat(gain().doubt()).contains("Too few builds for a comparison: 1 before, 4 after.");
    }

    @Test
    void aGainWithinTheSpreadIsDoubtful() {
        before(Scenario.CODE_CHANGED, 40, 50, 60);
        after(Scenario.CODE_CHANGED, 35, 45, 55);
        assertThat(gain().doubt()).contains("The durations before and after overlap.");
    }

    @Test
    void aLossIsANegativeGain() {
        before(Scenario.CODE_CHANGED, 10, 10, 10);
        after(Scenario.CODE_CHANGED, 20, 20, 20);
        assertThat(gain().share()).isEqualTo(-1);
        assertThat(gain().time()).isEqualTo(Duration.ofSeconds(-10));
        assertThat(gain().doubt()).isEmpty();
    }

    @Test
    void withoutASplitAllIsAfter() {
        before(Scenario.CODE_CHANGED, 10);
        var row = ScenarioTable.of(builds, null).rows().getFirst();
        assertThat(row.before()).isNull();
        assertThat(row.after()).isNotNull();
    }

    @Test
    void aBuildAtTheSplitIsAfter() {
        builds.add(new Entry(Scenario.FIRST, SPLIT, Duration.ofSeconds(1)));
        assertThat(ScenarioTable.of(builds, SPLIT).rows().getFirst().before()).isNull();
    }

    private ScenarioTable.Gain gain() {
        return ScenarioTable.of(builds, SPLIT).rows().getFirst().gain().orElseThrow();
    }

    private void before(Scenario scenario, long... seconds) {
        for (long wall : seconds) {
            builds.add(new Entry(scenario, SPLIT.minusSeconds(60), Duration.ofSeconds(wall)));
        }
    }

    private void after(Scenario scenario, long... seconds) {
        for (long wall : seconds) {
            builds.add(new Entry(scenario, SPLIT.plusSeconds(60), Duration.ofSeconds(wall)));
        }
    }
}
