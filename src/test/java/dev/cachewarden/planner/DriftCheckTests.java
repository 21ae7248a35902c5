package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.OutcomeReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriftCheckTests {

    @ParameterizedTest(name = "{0}")
    @MethodSource("drifts")
    void passOverWhatIsNoLongerAsPlanned(String name, List<CacheRecords> now, String expected) {
        var planned = List.of(PlannedRecord.of(aRecord("a").record()));

        var check =
                DriftCheck.of(planned, now.stream().map(CacheRecords::record).toList(), List.of());

        assertThat(check.deletions()).isEmpty();
        assertThat(check.kept().values())
                .extracting(drift -> OutcomeReason.of(drift).text())
                .containsExactly(expected);
    }

    static Stream<Arguments> drifts() {
        return Stream.of(
                Arguments.of("removed", List.of(), "No longer in the cache; not deleted by this run"),
                Arguments.of("in use", List.of(aRecord("a").inUse()), "In use by a running build"),
                Arguments.of("shared", List.of(aRecord("a").shared()), "Shared with an image since the plan"),
                Arguments.of("used later", List.of(aRecord("a").usedDaysAgo(1)), "Used since the plan"),
                Arguments.of("used more often", List.of(aRecord("a").uses(2)), "Used since the plan"),
                Arguments.of(
                        "last use forgotten", List.of(aRecord("a").neverUsed().uses(1)), "Used since the plan"),
                Arguments.of(
                        "grown",
                        List.of(aRecord("a").megabytes(2)),
                        "Its size changed since the plan, from 1,000,000 bytes to 2,000,000 bytes"),
                Arguments.of(
                        "of another type",
                        List.of(aRecord("a").type(RecordType.SOURCE_LOCAL)),
                        "Its type changed since the plan, from regular to source.local"),
                Arguments.of(
                        "has a new child", List.of(aRecord("a"), aRecord("new").on("a")), "Its child new stays"));
    }

    @Test
    void skipsTheParentsOfSkippedRecords() {
        var planned = Stream.of(aRecord("leaf").on("mid"), aRecord("mid").on("root"), aRecord("root"), aRecord("lone"))
                .map(record -> PlannedRecord.of(record.record()))
                .toList();
        var now = List.of(
                aRecord("leaf").on("mid").inUse().record(),
                aRecord("mid").on("root").record(),
                aRecord("root").record(),
                aRecord("lone").record());

        var check = DriftCheck.of(planned, now, List.of());

        assertThat(check.deletions()).extracting(PlannedRecord::id).containsExactly("lone");
        assertThat(check.kept().values())
                .extracting(drift -> OutcomeReason.of(drift).text())
                .containsExactly("In use by a running build", "Its child leaf stays", "Its child mid stays");
    }

    @Test
    void deletesAParentWhoseChildIsMissing() {
        var planned = Stream.of(aRecord("leaf").on("root"), aRecord("root"))
                .map(record -> PlannedRecord.of(record.record()))
                .toList();

        var check = DriftCheck.of(planned, List.of(aRecord("root").record()), List.of());

        assertThat(check.deletions()).extracting(PlannedRecord::id).containsExactly("root");
    }

    @Test
    void takeTheStoresRoundingForTheSameTime() {
        var exact = aRecord("a").usedAgo(Duration.ofDays(10).plusNanos(1_499)).record();
        var stored = aRecord("a").usedAgo(Duration.ofDays(10).plusNanos(1_000)).record();

        assertThat(DriftCheck.of(List.of(PlannedRecord.of(stored)), List.of(exact), List.of())
                        .deletions())
                .hasSize(1);
    }
}
