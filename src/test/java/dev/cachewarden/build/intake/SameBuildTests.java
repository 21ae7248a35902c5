package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.log.ProgressReader;
import dev.cachewarden.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Builds that both a builder's history and an uploaded log report, recorded on real engines. */
class SameBuildTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final BuilderId BUILDER = new BuilderId(1);

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final BuildIntake history =
            IntakeParts.of(builds, InstantSource.fixed(NOW)).history();
    private final UploadIntake uploads =
            UploadParts.of(database, InstantSource.fixed(NOW)).intake();

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "28.5, plain, true, true",
        "28.5, plain, true, false",
        "28.5, plain, false, true",
        "28.5, plain, false, false",
        "28.5, rawjson, true, false",
        "28.5, rawjson, false, false",
        "26.1, plain, true, false",
        "26.1, plain, false, true",
    })
    void aBuildThatBothReportIsOne(String engine, String format, boolean historyFirst, boolean hostKnown) {
        String log = engine + "/first." + format;
        BuildId uploaded;
        if (historyFirst) {
            remember("a", engine + "/first.rawjson", NOW.minusSeconds(60));
            uploaded = send(log, hostKnown, NOW.minusSeconds(62)).getFirst().id();
        } else {
            uploaded = send(log, hostKnown, NOW.minusSeconds(62)).getFirst().id();
            remember("a", engine + "/first.rawjson", NOW.minusSeconds(60));
        }

        assertThat(all()).singleElement().satisfies(build -> {
            assertThat(build.id()).isEqualTo(uploaded);
            assertThat(build.source()).isEqualTo(BuildSource.HISTORY);
            assertThat(build.ref()).isEqualTo("a");
            assertThat(build.builder()).isEqualTo(BUILDER);
            assertThat(build.outline().branch()).isEqualTo("trunk");
            assertThat(build.project()).isEqualTo("shop");
            assertThat(Objects.requireNonNull(build.comparison()).scenario()).isEqualTo(Scenario.FIRST);
            assertThat(builds.steps(build.id())).hasSize(build.steps());
        });
    }

    @Test
    void theSameLogOnceMoreIsStillTheSame() {
        remember("a", "28.5/first.rawjson", NOW.minusSeconds(60));
        var first = send("28.5/first.plain", true, NOW.minusSeconds(62));
        var second = send("28.5/first.plain", true, NOW.minusSeconds(62));

        assertThat(all()).hasSize(1);
        assertThat(second.getFirst().id()).isEqualTo(first.getFirst().id());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anotherBuildStaysAnother(boolean historyFirst) {
        if (historyFirst) {
            remember("a", "28.5/first.rawjson", NOW.minusSeconds(60));
            send("28.5/unchanged.plain", true, NOW.minusSeconds(30));
        } else {
            send("28.5/unchanged.plain", true, NOW.minusSeconds(30));
            remember("a", "28.5/first.rawjson", NOW.minusSeconds(60));
        }

        assertThat(all()).hasSize(2);
    }

    /** The same steps took as long a day ago, by chance. */
    @Test
    void aBuildOfAnotherDayStaysAnother() {
        remember("a", "28.5/first.rawjson", NOW.minusSeconds(86_400));
        send("28.5/first.plain", true, NOW.minusSeconds(62));

        assertThat(all()).hasSize(2);
    }

    /** Where all is cached, only the start and the builder identify a build. */
    @Test
    void cachedBuildsAreTheSameOnlyIfTheyStartTogether() {
        remember("a", "28.5/unchanged.rawjson", NOW.minusSeconds(200));
        remember("b", "28.5/unchanged.rawjson", NOW.minusSeconds(100));
        send("28.5/unchanged.plain", true, NOW.minusSeconds(101));
        send("28.5/unchanged.plain", false, NOW.minusSeconds(201));

        assertThat(all())
                .hasSize(3)
                .filteredOn(build -> "trunk".equals(build.outline().branch()))
                .extracting(BuildView::ref)
                .containsExactlyInAnyOrder("b", null);
    }

    /** Each log of a build belongs to one build of the builder. */
    @Test
    void aBuildIsMergedOnce() {
        remember("a", "28.5/unchanged.rawjson", NOW.minusSeconds(100));
        send("28.5/unchanged.plain", true, NOW.minusSeconds(101));
        send("28.5/unchanged.plain", true, NOW.minusSeconds(95));

        assertThat(all()).hasSize(2);
    }

    /** Targets of one log are compared neither with each other nor with anything else. */
    @Test
    void theFirstBuildOfEachTargetIsTheFirst() {
        var taken = send("""
                #1 [db internal] load build definition from Dockerfile
                #1 DONE 0.0s

                #2 [app internal] load build definition from Dockerfile
                #2 DONE 0.0s

                #3 [db sql 1/2] FROM docker.io/library/postgres:17
                #3 DONE 0.1s

                #4 [app py 1/2] FROM docker.io/library/python:3.13
                #4 DONE 0.1s

                #5 [app py 2/2] RUN pip install flask
                #5 DONE 4.0s

                #6 [db sql 2/2] RUN initdb
                #6 DONE 6.0s
                """.getBytes(StandardCharsets.UTF_8), metadata(null, NOW.minusSeconds(20)));

        assertThat(taken).hasSize(2).allSatisfy(one -> {
            var comparison =
                    Objects.requireNonNull(builds.find(one.id()).orElseThrow().comparison());
            assertThat(comparison.scenario()).isEqualTo(Scenario.FIRST);
            assertThat(comparison.comparedWith()).isNull();
        });
    }

    /** The builder knows no targets of Bake, but the Dockerfile that each is built from. */
    @Test
    void buildsOfAnotherDockerfileAreNoPast() {
        remember("a", "28.5/first.rawjson", NOW.minusSeconds(200), Map.of("filename", "web.Dockerfile"));
        remember("b", "28.5/unchanged.rawjson", NOW.minusSeconds(100), Map.of("filename", "api.Dockerfile"));
        remember("c", "28.5/unchanged.rawjson", NOW.minusSeconds(50), Map.of("filename", "web.Dockerfile"));

        assertThat(all())
                .extracting(
                        BuildView::ref,
                        build -> Objects.requireNonNull(build.comparison()).scenario())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("a", Scenario.FIRST),
                        org.assertj.core.groups.Tuple.tuple("b", Scenario.FIRST),
                        org.assertj.core.groups.Tuple.tuple("c", Scenario.UNCHANGED));
    }

    private List<BuildView> all() {
        return builds.list(BuildFilter.ALL, null, 100).items();
    }

    private void remember(String ref, String log, Instant created) {
        remember(ref, log, created, Map.of());
    }

    private void remember(String ref, String log, Instant created, Map<String, String> attributes) {
        var all = new java.util.HashMap<>(attributes);
        all.put("build-arg:BUILDKIT_BUILD_NAME", "shop");
        var build = new BuildHistoryRecord(ref, all, null, created, created.plusSeconds(9), 5, 5, 0);
        assertThat(history.ended(BUILDER, build, () -> progress(log))).isTrue();
    }

    private static BuildProgress progress(String log) {
        try {
            return ProgressReader.read(new ByteArrayInputStream(bytes(log)), ProgressLimits.DEFAULT)
                    .getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<UploadIntake.Taken> send(String log, boolean hostKnown, Instant started) {
        return send(bytes(log), metadata(hostKnown ? BUILDER : null, started));
    }

    private static UploadedLog metadata(@Nullable BuilderId builder, Instant started) {
        return new UploadedLog("shop", builder, "trunk", null, null, null, null, false, started, null);
    }

    private List<UploadIntake.Taken> send(byte[] log, UploadedLog uploadedLog) {
        try {
            return uploads.take(uploadedLog, "ci", new ByteArrayInputStream(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream file = SameBuildTests.class.getResourceAsStream("/dev/cachewarden/progress/log/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
