package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.intake.UploadIntake.Taken;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that arrive while the build runs: what is shown of the build until it ends. */
class StreamedUploadTests extends StreamedUploadStage {

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
}
