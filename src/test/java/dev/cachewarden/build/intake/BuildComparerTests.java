package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.DeletedRecords;
import dev.cachewarden.history.DeletedRecords.DeletedRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildComparerTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final BuilderId BUILDER = new BuilderId(1);
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant AGAIN = BEGAN.plus(Duration.ofHours(5));

    private final StoredBuilds builds = BuildStoreParts.builds(database);

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "mount / from exec /bin/sh -c echo $WHAT,RECORD_PRUNED",
        "mount / from exec /bin/sh -c echo abc,RECORD_PRUNED",
        "mount / from exec /bin/sh -c echo abcd,BASE_IMAGE_CHANGED"
    })
    void attributesAMissToTheRunThatDeletedTheRecord(String description, MissCause.Kind cause) {
        DeletedRecords deleted = (builder, after, until, most) -> {
            assertThat(after).isAfterOrEqualTo(BEGAN);
            assertThat(until).isBeforeOrEqualTo(AGAIN.plusSeconds(60));
            return List.of(new DeletedRecord("x", description, BEGAN.plus(Duration.ofHours(1)), 7L));
        };
        var intake = IntakeParts.of(builds, deleted, InstantSource.fixed(AGAIN)).history();

        end(intake, BEGAN);
        end(intake, AGAIN);

        assertThat(comparison().miss())
                .isNotNull()
                .satisfies(miss -> assertThat(miss.cause()).isEqualTo(cause));
    }

    /** Nobody tells of the earlier one again. */
    @Test
    void theOneAfterALateBuildIsLeftToTheBackgroundIfTheProcessEndsBetween() {
        DeletedRecords ends = (builder, after, until, most) -> {
            throw new OutOfMemoryError("as the later one is compared");
        };
        var intake = IntakeParts.of(builds, ends, InstantSource.fixed(AGAIN)).history();
        end(intake, AGAIN);

        assertThatThrownBy(() -> end(intake, BEGAN)).isInstanceOf(OutOfMemoryError.class);

        assertThat(database.jdbc().queryForList("select ref from build where comparison_pending", String.class))
                .containsExactly(AGAIN.toString());
    }

    @Test
    void aBuildIsCountedBeforeItIsCompared() {
        var counted = new ArrayList<Double>();
        var meters = new AtomicReference<MeterRegistry>();
        DeletedRecords deleted = (builder, after, until, most) -> {
            counted.add(meters.get().get("cachewarden.builds").counter().count());
            return List.of();
        };
        var parts = IntakeParts.of(builds, deleted, InstantSource.fixed(AGAIN));
        meters.set(parts.meters());
        end(parts.history(), BEGAN);
        end(parts.history(), AGAIN);

        assertThat(counted).containsOnly(1.0);
    }

    private static void end(BuildIntake intake, Instant began) {
        intake.ended(
                BUILDER,
                new BuildHistoryRecord(began.toString(), Map.of(), null, began, began.plusSeconds(60), 8, 8, 1),
                () -> TestBuild.at(began)
                        .begins("debian:12")
                        .ran("[1/2] FROM debian:12", 5)
                        .ran("[2/2] RUN echo abc", 40_000, "[1/2] FROM debian:12")
                        .progress());
    }

    private BuildComparison comparison() {
        return Objects.requireNonNull(
                builds.list(BuildFilter.ALL, null, 10).items().getFirst().comparison());
    }
}
