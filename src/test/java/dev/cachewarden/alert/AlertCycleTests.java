package dev.cachewarden.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.alert.Value.Unknown;
import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The disk of a host has 1000 bytes. It warns below 15% until 20%, and is critical below 5% until 10%, after 10 minutes. */
class AlertCycleTests {

    private static final AlertRule RULE = BuiltInRules.of(RuleId.DISK_FREE);
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(2);

    private @Nullable Course course;
    private Instant now = START;

    /** Each number is the free share of one evaluation every two minutes, and {@code ?} is unknown. Letters are the states after each. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            stays inactive above the threshold     | 50 15 15 99                         | . . . .
            waits ten minutes                      | 14 14 14 14 14 14                   | p p p p p W
            is forgotten if it recovers            | 14 14 15 14 14 14 14 14 14          | p p . p p p p p W
            ends at the clear value, not before    | 9 9 9 9 9 9 15 19 20 20             | p p p p p W W W r r
            is critical at once if it always was   | 4 4 4 4 4 4                         | p p p p p C
            fires as the mildest severity          | 14 14 4 4 4 4                       | p p p p p W
            becomes critical after ten minutes     | 9 9 9 9 9 9 4 4 4 4 4 4             | p p p p p W W W W W C C
            does not become critical by one value  | 9 9 9 9 9 9 4 9 4 9 4 9             | p p p p p W W W W W W W
            keeps critical until its clear value   | 4 4 4 4 4 4 9 10 19 20              | p p p p p C C W W r
            opens again after its end              | 9 9 9 9 9 9 20 9 9 9 9 9 9          | p p p p p W r p p p p p W
            stays resolved if it only nearly fires | 9 9 9 9 9 9 20 9 9 20 20            | p p p p p W r p p r r
            has no data                            | ? ? 50                              | n n .
            waits from the start after a gap       | 14 14 14 ? 14 14 14 14 14 14        | p p p n p p p p p W
            survives a gap while it fires          | 9 9 9 9 9 9 ? ? 9 20                | p p p p p W n n W r
            ends after a gap                       | 9 9 9 9 9 9 ? 50                    | p p p p p W n r
            """)
    void stateAfterEachEvaluation(String name, String values, String states) {
        var found = new ArrayList<String>();
        for (var value : values.split(" ")) {
            evaluate(value.equals("?") ? new Unknown("No reading.") : free(Double.parseDouble(value), 1000), STEP);
            found.add(letter());
        }

        assertThat(String.join(" ", found)).isEqualTo(states);
    }

    @Test
    void reopenedAlertKeepsItsStartAndCounts() {
        fire();
        var first = course().firingSince();
        evaluate(free(50, 1000), STEP);
        assertThat(course().resolvedAt()).isEqualTo(now);
        fire();

        assertThat(course().reopened()).isOne();
        assertThat(course().firingSince()).isEqualTo(first);
        assertThat(course().resolvedAt()).isNull();
    }

    @Test
    void jumpOfTheClockFiresNothing() {
        evaluate(free(9, 1000), STEP);
        var last = now;
        now = now.plus(Duration.ofDays(3));
        evaluate(free(9, 1000), AlertCycle.elapsed(last, now));
        assertThat(letter()).isEqualTo("p");
        assertThat(course().held()).isEqualTo(AlertCycle.LONGEST_STEP);

        last = now;
        now = now.minus(Duration.ofDays(9));
        evaluate(free(9, 1000), AlertCycle.elapsed(last, now));
        assertThat(letter()).isEqualTo("p");
        assertThat(course().held()).isEqualTo(AlertCycle.LONGEST_STEP);
    }

    @Test
    void clockThatIsSetBackEndsNothing() {
        fire();
        var last = now;
        now = now.minus(Duration.ofDays(9));
        evaluate(free(9, 1000), AlertCycle.elapsed(last, now));

        assertThat(letter()).isEqualTo("W");
    }

    @ParameterizedTest
    @CsvSource({
        ", 2026-11-20T12:00:00Z, PT0S",
        "2026-11-20T12:00:00Z, 2026-11-20T12:00:30Z, PT30S",
        "2026-11-20T12:00:00Z, 2026-11-20T12:00:00Z, PT0S",
        "2026-11-20T12:00:00Z, 2026-11-20T11:00:00Z, PT0S",
        "2026-11-20T12:00:00Z, 2026-11-20T13:00:00Z, PT2M"
    })
    void elapsedTimeIsOnlyTheObservedPart(@Nullable Instant last, Instant at, Duration elapsed) {
        assertThat(AlertCycle.elapsed(last, at)).isEqualTo(elapsed);
    }

    /** The same free bytes are another share of a larger or smaller disk. */
    @Test
    void resizedDiskCountsWithItsNewSize() {
        fire();
        evaluate(new Measured(Unit.BYTES, 90, 400), STEP);
        assertThat(letter()).isEqualTo("r");

        course = null;
        evaluate(new Measured(Unit.BYTES, 900, 4000), STEP);
        assertThat(letter()).isEqualTo(".");
        evaluate(new Measured(Unit.BYTES, 900, 10_000), STEP);
        assertThat(letter()).isEqualTo("p");
    }

    @Test
    void diskOfUnknownSizeMeetsNoShare() {
        evaluate(new Measured(Unit.BYTES, 1, 0), STEP);

        assertThat(letter()).isEqualTo(".");
    }

    @Test
    void alertOfADisabledRuleIsResolved() {
        fire();
        course = AlertCycle.unwatched(course(), now);
        assertThat(letter()).isEqualTo("r");

        course = null;
        evaluate(free(9, 1000), STEP);
        course = AlertCycle.unwatched(course(), now);
        assertThat(letter()).isEqualTo(".");
    }

    private void fire() {
        for (int i = 0; i < 6; i++) {
            evaluate(free(9, 1000), STEP);
        }
        assertThat(letter()).isEqualTo("W");
    }

    private static Measured free(double percent, double total) {
        return new Measured(Unit.BYTES, percent * total / 100, total);
    }

    private void evaluate(Value value, Duration elapsed) {
        if (elapsed.equals(STEP)) {
            now = now.plus(STEP);
        }
        course = AlertCycle.next(RULE, course, value, elapsed, now);
    }

    private Course course() {
        assertThat(course).isNotNull();
        return List.of(course).getFirst();
    }

    private String letter() {
        if (course == null) {
            return ".";
        }
        return switch (course.state()) {
            case PENDING -> "p";
            case NO_DATA -> "n";
            case RESOLVED -> "r";
            case FIRING -> course.severity() == Severity.CRITICAL ? "C" : "W";
        };
    }
}
