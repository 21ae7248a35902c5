package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildEnded;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.intake.UploadIntake.Taken;
import dev.cachewarden.rest.BusyException;
import dev.cachewarden.testing.FedBody;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Uploads that break off, arrive twice, or belong to another replica. */
class BrokenUploadTests extends StreamedUploadStage {

    private final UploadParts other = UploadParts.of(database, clock);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsWhatCameOfALogThatBrokeOff(boolean shown) throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(FIRST, FIRST.length - 40));
        publishDue(shown ? Duration.ofSeconds(2) : Duration.ZERO);
        body.breakOff();

        assertThatThrownBy(taken::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("connection reset");
        var build = only();
        assertThat(build.state()).isEqualTo(BuildState.LOST);
        assertThat(build.steps()).isPositive();
        assertThat(build.gaps()).contains("The connection closed during the upload. The rest of the log is missing.");
    }

    /** Between two steps nothing tells that there was more to come. */
    @Test
    void aLogThatBrokeOffBetweenTwoStepsIsNoBuildThatEndedWell() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed("#1 [1/2] RUN make\n#1 DONE 1.0s\n".getBytes(StandardCharsets.UTF_8));
        body.breakOff();
        taken.handle((any, failure) -> failure).join();

        assertThat(only().state()).isEqualTo(BuildState.LOST);
    }

    @Test
    void theWholeLogTakesThePlaceOfTheOneThatBrokeOff() throws InterruptedException, IOException {
        var broken = send(replica, metadata(NOW));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        body.breakOff();
        broken.handle((any, failure) -> failure).join();
        var half = only();
        var whole = replica.intake().take(metadata(NOW), "ci", new ByteArrayInputStream(FIRST));

        assertThat(whole).containsExactly(new Taken(half.id(), true));
        assertThat(only().state()).isEqualTo(BuildState.DONE);
        assertThat(only().gaps()).isEmpty();
        assertThat(replica.intake().take(metadata(NOW), "ci", new ByteArrayInputStream(FIRST)))
                .containsExactly(new Taken(half.id(), false));
    }

    @Test
    void aLogThatBrokeOffCountsOnceItsWholeIsThere() throws InterruptedException, IOException {
        var uploadedLog = new UploadedLog("app", null, null, null, null, null, null, false, NOW, Duration.ofSeconds(3));
        var broken = send(replica, uploadedLog, body);
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        body.breakOff();
        broken.handle((any, failure) -> failure).join();
        assertThat(only().endedAt()).isNotNull();
        assertThat(replica.meters().find("cachewarden.builds").counter()).isNull();
        assertThat(replica.events()).isEmpty();

        replica.intake().take(uploadedLog, "ci", new ByteArrayInputStream(FIRST));

        assertThat(all()).hasSize(1);
        assertThat(replica.meters().get("cachewarden.builds").counter().count()).isEqualTo(1);
        assertThat(replica.events()).singleElement().isInstanceOf(BuildEnded.class);
    }

    /** Jobs of one project may begin in the same second. */
    @Test
    void anotherBranchLeavesAloneWhatBrokeOff() throws InterruptedException, IOException {
        var broken = send(replica, metadata(NOW));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        body.breakOff();
        broken.handle((any, failure) -> failure).join();
        var other = new UploadedLog("app", null, "other", null, null, null, null, false, NOW, null);

        replica.intake().take(other, "ci", new ByteArrayInputStream(FIRST));

        assertThat(all()).extracting(BuildView::state).containsExactlyInAnyOrder(BuildState.LOST, BuildState.DONE);
    }

    @Test
    void anotherReplicaClosesABuildOfADeadReplica() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        publishDue(Duration.ofSeconds(2));
        other.open().publishDue(clock.instant().plusSeconds(60));
        assertThat(only().state()).isEqualTo(BuildState.RUNNING);
        other.open().publishDue(clock.instant().plusSeconds(200));

        assertThat(only().state()).isEqualTo(BuildState.LOST);
        assertThat(only().gaps()).contains(OpenUploads.LOST);
        body.end();
        taken.join();
    }

    @Test
    void replicaContinuesABuildThatWasMarkedAsLost() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        publishDue(Duration.ofSeconds(2));
        var lost = only().id();
        other.open().publishDue(clock.instant().plusSeconds(200));
        body.feed(Arrays.copyOfRange(FIRST, FIRST.length / 2, FIRST.length));
        publishDue(Duration.ofSeconds(201));

        assertThat(only().state()).isEqualTo(BuildState.RUNNING);
        assertThat(only().gaps()).isEmpty();
        body.end();
        assertThat(taken.join()).containsExactly(new Taken(lost, true));
        assertThat(only().state()).isEqualTo(BuildState.DONE);
    }

    @Test
    void silentUploadStaysOpen() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        for (int i = 0; i < 40; i++) {
            publishDue(Duration.ofSeconds(10));
            other.open().publishDue(clock.instant());
        }

        assertThat(only().state()).isEqualTo(BuildState.RUNNING);
        body.end();
        taken.join();
    }

    @Test
    void theSameLogTwiceAtOnceIsOneBuild() throws InterruptedException {
        var second = new FedBody();
        var one = send(replica, metadata(NOW));
        var two = send(other, metadata(NOW), second);
        for (var each : List.of(body, second)) {
            each.feed(FIRST);
        }
        publishDue(Duration.ofSeconds(2));
        other.open().publishDue(clock.instant());
        assertThat(all()).hasSize(2);
        body.end();
        second.end();

        assertThat(List.of(one.join().getFirst(), two.join().getFirst()))
                .extracting(Taken::id)
                .containsOnly(only().id());
    }

    @Test
    void storesABuildThatWasDeletedDuringTheUpload() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(FIRST);
        publishDue(Duration.ofSeconds(2));
        database.jdbc().update("delete from build");
        body.end();

        assertThat(taken.join()).containsExactly(new Taken(only().id(), true));
        assertThat(builds.steps(only().id())).hasSize(14);
    }

    @Test
    void logForWhoseRestThereIsNoMemoryIsKeptAsFarAsItCameAndCompletedLater() throws InterruptedException, IOException {
        var small = UploadParts.of(
                database,
                clock,
                new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), 256, 64, DataSize.ofKilobytes(600)));
        var log = new ByteArrayOutputStream();
        log.writeBytes("#1 [1/2] RUN make\n#1 DONE 1.0s\n\n".getBytes(StandardCharsets.UTF_8));
        for (int i = 2; i < 400; i++) {
            log.writeBytes(("#" + i + " [2/2] RUN " + "x".repeat(1_000) + i + "\n#" + i + " DONE 1.0s\n\n")
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> small.intake().take(metadata(NOW), "ci", new ByteArrayInputStream(log.toByteArray())))
                .isInstanceOf(BusyException.class)
                .hasMessage("The logs being uploaded use all the memory available for them."
                        + " The received part of this log was kept. Retry the upload later.");
        var kept = only();
        assertThat(kept.state()).isEqualTo(BuildState.LOST);
        assertThat(kept.gaps()).contains("The rest of the log is missing, because Cachewarden had no memory for it.");
        assertThat(small.intake().take(metadata(NOW), "ci", new ByteArrayInputStream(FIRST)))
                .as("memory is free again")
                .hasSize(1);
        replica.intake().take(metadata(NOW), "ci", new ByteArrayInputStream(log.toByteArray()));
        assertThat(builds.find(kept.id()).orElseThrow().state()).isEqualTo(BuildState.DONE);
    }
}
