package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildEnded;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.intake.UploadIntake.Taken;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.BusyException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.FedBody;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Logs that come in while the build runs: what shows of them, and what is left in the end. */
class StreamedUploadTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final byte[] FIRST = log("28.5/first.plain");

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final SettableClock clock = new SettableClock(NOW.toString());
    private final UploadParts replica = UploadParts.of(database, clock);
    private final UploadParts other = UploadParts.of(database, clock);
    private final FedBody body = new FedBody();

    @BeforeEach
    void clear() {
        database.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"28.5/first.plain", "28.5/first-live.rawjson", "26.1/first-live.rawjson", "20.10/first.plain"})
    void showsWhatIsKnownAsABuildThatRunsAndBecomesTheFinishedOne(String name) throws InterruptedException {
        byte[] log = log(name);
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(log, log.length / 2));
        publishDue(Duration.ofSeconds(2));
        var half = only();
        body.feed(Arrays.copyOfRange(log, log.length / 2, log.length));
        publishDue(Duration.ofSeconds(2));
        var whole = only();
        body.end();

        assertThat(taken.join()).containsExactly(new Taken(half.id(), true));
        assertThat(half.state()).isEqualTo(BuildState.RUNNING);
        assertThat(half.steps()).isPositive();
        assertThat(whole.id()).isEqualTo(half.id());
        assertThat(whole.state()).isEqualTo(BuildState.RUNNING);
        var ended = only();
        assertThat(ended.state()).isEqualTo(BuildState.DONE);
        assertThat(ended.startedAt()).isEqualTo(half.startedAt());
        assertThat(ended.comparison()).isNotNull();
        assertThat(builds.steps(ended.id())).hasSize(14).noneMatch(step -> step.state() == VertexState.RUNNING);
    }

    @Test
    void stepsOfABuildThatRunsComeUpAsTheyBegin() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed("#1 [1/2] RUN make\n#1 0.1 compiling\n".getBytes(StandardCharsets.UTF_8));
        publishDue(Duration.ofSeconds(2));

        assertThat(builds.steps(only().id())).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(VertexState.RUNNING);
            assertThat(step.log()).isEqualTo("compiling");
        });
        body.end();
        taken.join();
    }

    @Test
    void showsNothingOfALogThatCameInSoon() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(FIRST);
        publishDue(Duration.ofMillis(1_999));
        assertThat(all()).isEmpty();
        body.end();

        assertThat(taken.join()).hasSize(1);
        assertThat(only().id().value()).as("created rows").isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfALogThatWasKnown() throws InterruptedException, IOException {
        var known = replica.intake()
                .take(metadata(NOW), "ci", new ByteArrayInputStream(FIRST))
                .getFirst();
        var taken = send(replica, metadata(NOW));
        body.feed(FIRST);
        publishDue(Duration.ofSeconds(2));
        assertThat(all()).hasSize(2);
        body.end();

        assertThat(taken.join()).containsExactly(new Taken(known.id(), false));
        assertThat(only().id()).isEqualTo(known.id());
    }

    @Test
    void nothingIsShownOfWhatIsNoLog() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed("$ make\nnothing to be done\n".getBytes(StandardCharsets.UTF_8));
        publishDue(Duration.ofSeconds(2));
        assertThat(all()).isEmpty();
        body.end();

        assertThatThrownBy(taken::join).hasCauseInstanceOf(InvalidInputException.class);
        assertThat(all()).isEmpty();
    }

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
        var told = new UploadedLog("app", null, null, null, null, null, null, false, NOW, Duration.ofSeconds(3));
        var broken = send(replica, told, body);
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        body.breakOff();
        broken.handle((any, failure) -> failure).join();
        assertThat(only().endedAt()).isNotNull();
        assertThat(replica.meters().find("cachewarden.builds").counter()).isNull();
        assertThat(replica.events()).isEmpty();

        replica.intake().take(told, "ci", new ByteArrayInputStream(FIRST));

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
    void ofSeveralBuildsInALogTheCurrentOneIsShown() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(FIRST);
        publishDue(Duration.ofSeconds(2));
        assertThat(only().hitRate().hits()).isZero();
        body.feed(log("28.5/unchanged.plain"));
        publishDue(Duration.ofSeconds(2));
        var second = only();
        body.end();

        assertThat(second.state()).isEqualTo(BuildState.RUNNING);
        assertThat(second.hitRate().hits()).isPositive();
        assertThat(taken.join()).hasSize(2).last().isEqualTo(new Taken(second.id(), true));
        assertThat(all()).extracting(BuildView::state).containsExactly(BuildState.DONE, BuildState.DONE);
    }

    @Test
    void whatCouldNotBeStoredIsShownTheNextTime() throws InterruptedException {
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(FIRST, FIRST.length / 2));
        database.jdbc().execute("alter table build_step rename to build_step_away");
        publishDue(Duration.ofSeconds(2));
        database.jdbc().execute("alter table build_step_away rename to build_step");
        publishDue(Duration.ofSeconds(1));

        assertThat(only().state()).isEqualTo(BuildState.RUNNING);
        body.end();
        taken.join();
    }

    @Test
    void targetsThatAreBuiltAtOnceShowAtOnce() throws InterruptedException {
        byte[] log = log("../bake/26.1/all.plain");
        var taken = send(replica, metadata(null));
        body.feed(Arrays.copyOf(log, log.length / 2));
        publishDue(Duration.ofSeconds(2));
        var running = all();
        body.feed(Arrays.copyOfRange(log, log.length / 2, log.length));
        body.end();

        assertThat(running)
                .hasSize(2)
                .allSatisfy(build -> assertThat(build.state()).isEqualTo(BuildState.RUNNING));
        assertThat(running).extracting(build -> build.outline().target()).containsExactlyInAnyOrder("web", "api");
        assertThat(taken.join())
                .extracting(Taken::id)
                .containsExactlyInAnyOrderElementsOf(
                        running.stream().map(BuildView::id).toList());
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

    private void publishDue(Duration later) {
        clock.pass(later);
        replica.open().publishDue(clock.instant());
    }

    private CompletableFuture<List<Taken>> send(UploadParts to, UploadedLog told) throws InterruptedException {
        return send(to, told, body);
    }

    private static CompletableFuture<List<Taken>> send(UploadParts to, UploadedLog told, FedBody log)
            throws InterruptedException {
        var taken = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return to.intake().take(told, "ci", log);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Executors.newVirtualThreadPerTaskExecutor());
        log.awaitReader();
        return taken;
    }

    private BuildView only() {
        assertThat(all()).hasSize(1);
        return all().getFirst();
    }

    private List<BuildView> all() {
        return builds.list(BuildFilter.ALL, null, 9).items();
    }

    private static UploadedLog metadata(@Nullable Instant startedAt) {
        return new UploadedLog("app", null, null, null, null, null, null, false, startedAt, null);
    }

    private static byte[] log(String name) {
        try (var file = StreamedUploadTests.class.getResourceAsStream("/dev/cachewarden/progress/log/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
