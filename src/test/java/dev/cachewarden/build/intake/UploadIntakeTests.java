package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.analytics.AnalyticsParts;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.ProjectName.Known;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of real builds, sent as CI would. */
class UploadIntakeTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final UploadIntake intake =
            UploadParts.of(database, InstantSource.fixed(NOW)).intake();

    @BeforeEach
    void clear() {
        database.clear();
    }

    @ParameterizedTest
    @CsvSource({"26.1", "28.5"})
    void sameBuildInBothFormatsIsTheSame(String engine) {
        var plain = only(send(log(engine + "/first.plain"), metadata("one", null)));
        var raw = only(send(log(engine + "/first.rawjson"), metadata("other", null)));

        assertThat(plain.hitRate()).isEqualTo(raw.hitRate());
        assertThat(plain.state()).isEqualTo(raw.state()).isEqualTo(BuildState.DONE);
        assertThat(builds.steps(plain.id()))
                .extracting(BuildStep::name, BuildStep::state, BuildStep::identity, BuildStep::stepClass)
                .containsExactlyInAnyOrderElementsOf(builds.steps(raw.id()).stream()
                        .map(step -> org.assertj.core.groups.Tuple.tuple(
                                step.name(), step.state(), step.identity(), step.stepClass()))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"20.10", "26.1", "28.5"})
    void secondBuildIsComparedWithTheFirst(String engine) {
        send(log(engine + "/first.plain"), metadata("app", NOW.minusSeconds(600)));
        var unchanged = only(send(log(engine + "/unchanged.plain"), metadata("app", NOW.minusSeconds(300))));
        var code = only(send(log(engine + "/code-changed.plain"), metadata("app", NOW.minusSeconds(100))));

        assertThat(Objects.requireNonNull(unchanged.comparison()).scenario()).isEqualTo(Scenario.UNCHANGED);
        assertThat(Objects.requireNonNull(code.comparison()).scenario()).isEqualTo(Scenario.CODE_CHANGED);
    }

    @ParameterizedTest
    @CsvSource({
        "28.5-containerd/cache-exported.plain, CACHE_EXPORT",
        "28.5-containerd/cache-exported.rawjson, CACHE_EXPORT",
        "28.5-containerd/cache-imported.plain, CACHE_IMPORT",
        "28.5-containerd/cache-imported.rawjson, CACHE_IMPORT",
    })
    void importsAndExportsOfCacheAreOfTheirOwnKindAndClass(String log, StepKind kind) {
        var build = only(send(log(log), metadata("app", null)));

        assertThat(builds.steps(build.id()))
                .filteredOn(step -> step.kind() == kind)
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.stepClass().name()).isEqualTo(kind.name());
                    assertThat(step.cacheable()).isFalse();
                });
        assertThat(AnalyticsParts.analytics(database).cacheTransfers(BuildFilter.ofProject("app")))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.kind()).isEqualTo(kind);
                    assertThat(one.done()).isEqualTo(1);
                });
    }

    /** BuildKit calls the step failed and goes on, and docker build ends with 0. */
    @ParameterizedTest
    @CsvSource({"28.5/cache-missing.plain", "28.5/cache-missing.rawjson"})
    void failedCacheImportDoesNotFailTheBuild(String log) {
        var build = only(send(log(log), metadata("app", null)));

        assertThat(build.state()).isEqualTo(BuildState.DONE);
        assertThat(build.error()).isNull();
        assertThat(AnalyticsParts.analytics(database).cacheTransfers(BuildFilter.ALL))
                .singleElement()
                .satisfies(one -> assertThat(List.of(one.done(), one.failed())).containsExactly(0, 1));
    }

    @Test
    void metadataOfTheUploadTakesPrecedence() {
        var build = only(send(
                log("28.5/first.plain"),
                new UploadedLog(
                        "shop",
                        null,
                        "main",
                        "abc",
                        "cold",
                        "Dockerfile.ci",
                        "app",
                        true,
                        NOW.minusSeconds(60),
                        Duration.ofSeconds(12))));

        assertThat(build.outline().project()).isEqualTo(new ProjectName("shop", Known.GIVEN));
        assertThat(build.outline().branch()).isEqualTo("main");
        assertThat(build.outline().label()).isEqualTo("cold");
        assertThat(build.outline().noCache()).isTrue();
        assertThat(build.startedAt()).isEqualTo(NOW.minusSeconds(60));
        assertThat(build.endedAt()).isEqualTo(NOW.minusSeconds(48));
        assertThat(build.duration()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void sameLogIsStoredOnceHoweverItIsPacked() {
        byte[] log = log("28.5/first.plain");

        var first = send(log, metadata("app", NOW)).getFirst();
        var again = send(gzip(log), metadata("app", NOW)).getFirst();
        var later = send(log, metadata("app", NOW.plusSeconds(60))).getFirst();

        assertThat(first.isNew()).isTrue();
        assertThat(again).isEqualTo(new UploadIntake.Taken(first.id(), false));
        assertThat(later.isNew()).isTrue();
        assertThat(builds.list(BuildFilter.ALL, null, 9).items()).hasSize(2);
    }

    /** As a file that is pasted twice. Where there are no times, two builds may look alike to the letter. */
    @ParameterizedTest
    @CsvSource({"28.5/first-live.rawjson, 1", "26.1/first.rawjson, 1", "28.5/unchanged.plain, 2"})
    void sameLogTwiceInOneIsStoredOnceIfItHasTimes(String name, int stored) {
        var twice = send((text(name) + "\n" + text(name)).getBytes(StandardCharsets.UTF_8), metadata("app", null));

        assertThat(twice)
                .hasSize(2)
                .extracting(UploadIntake.Taken::id)
                .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(stored));
        assertThat(builds.list(BuildFilter.ALL, null, 9).items()).hasSize(stored);
    }

    /** Each of two builds that BuildKit made steps of once for both has them, and no more than that. */
    @ParameterizedTest
    @CsvSource({"26.1, plain", "26.1, rawjson", "28.5, plain", "28.5, rawjson"})
    void aBuildThatSharedStepsHasTheStepsOfTheOther(String engine, String format) {
        var one = only(send(log("../beside/" + engine + "/one." + format), metadata("app", NOW)));
        var other = only(send(log("../beside/" + engine + "/other." + format), metadata("app", NOW.plusSeconds(1))));

        assertThat(builds.steps(other.id()))
                .extracting(BuildStep::identity)
                .containsExactlyInAnyOrderElementsOf(
                        builds.steps(one.id()).stream().map(BuildStep::identity).toList());
    }

    private static String text(String name) {
        return new String(log(name), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"28.5/first.plain", "28.5/first.rawjson", "20.10/first.plain"})
    void secretsAreNotStoredAndDoNotChangeStepIdentity(String name) {
        var one = only(send(withToken(log(name), "first-secret"), metadata("app", NOW)));
        var two = only(send(
                withToken(log(name), "second-secret"),
                metadata("https://me:third-secret@git.example", NOW.plusSeconds(9))));

        assertThat(builds.steps(one.id()))
                .extracting(BuildStep::identity, BuildStep::text)
                .isEqualTo(builds.steps(two.id()).stream()
                        .map(step -> org.assertj.core.groups.Tuple.tuple(step.identity(), step.text()))
                        .toList())
                .anyMatch(step -> step.toString().contains("NPM_TOKEN=‹NPM_TOKEN› sleep 1"));
        assertThat(database.jdbc()
                        .queryForList(
                                "select b::text || s::text from build b join build_step s on s.build_id = b.id",
                                String.class))
                .hasSize(28)
                .noneMatch(row -> row.contains("secret"));
    }

    private static byte[] withToken(byte[] log, String token) {
        return new String(log, StandardCharsets.UTF_8)
                .replace("sleep 1", "NPM_TOKEN=" + token + " sleep 1")
                .getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({"28.5, plain", "28.5, rawjson", "26.1, plain", "26.1, rawjson"})
    void eachTargetOfABakeIsABuildWithTheStepsOfItsHistory(String engine, String format) {
        var targets = send(log("../bake/" + engine + "/all." + format), metadata("app", NOW)).stream()
                .map(taken -> builds.find(taken.id()).orElseThrow())
                .toList();

        assertThat(targets).extracting(build -> build.outline().target()).containsExactlyInAnyOrder("web", "api");
        for (var target : targets) {
            var alone = only(send(
                    log("../bake/" + engine + "/" + format + "-"
                            + target.outline().target() + ".rawjson"),
                    metadata("alone", NOW)));
            assertThat(builds.steps(target.id()))
                    .filteredOn(BuildStep::cacheable)
                    .satisfies(steps -> assertThat(
                                    steps.size() == 7 || !target.gaps().isEmpty())
                            .isTrue())
                    .extracting(BuildStep::identity)
                    .isSubsetOf(builds.steps(alone.id()).stream()
                            .map(BuildStep::identity)
                            .toList());
        }
    }

    @Test
    void failedBuildIsOne() {
        var build = only(send(log("28.5/failing.plain"), metadata("app", NOW)));

        assertThat(build.state()).isEqualTo(BuildState.FAILED);
        assertThat(build.error()).contains("exit code");
    }

    /** None of its steps failed: the Dockerfile cannot be read. */
    @ParameterizedTest
    @CsvSource({"20.10", "26.1", "28.5"})
    void buildWhoseDockerfileCannotBeReadFailed(String engine) {
        var build = only(send(log(engine + "/broken.plain"), metadata("app", NOW)));

        assertThat(build.state()).isEqualTo(BuildState.FAILED);
        assertThat(build.error()).startsWith("failed to ").contains("unknown instruction: RUNN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"failed to get console mode for stdout: The handle is invalid.", "failed to fetch tags, going on"
            })
    void whatElseFailedIsNoFailureOfTheBuild(String line) {
        String raw =
                "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[internal] load build definition from Dockerfile\","
                        + "\"started\":\"2026-11-20T12:00:00Z\",\"completed\":\"2026-11-20T12:00:01Z\"}]}\n"
                        + line + "\n";

        var build = only(send(raw.getBytes(StandardCharsets.UTF_8), metadata("app", NOW)));

        assertThat(build.state()).isEqualTo(BuildState.DONE);
        assertThat(build.error()).isNull();
    }

    @Test
    void clientsLastWordCountsInEveryFormat() {
        String raw =
                "{\"vertexes\":[{\"digest\":\"sha256:1\",\"name\":\"[internal] load build definition from Dockerfile\","
                        + "\"started\":\"2026-11-20T12:00:00Z\",\"completed\":\"2026-11-20T12:00:01Z\"}]}\n"
                        + "ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN\n";

        var build = only(send(raw.getBytes(StandardCharsets.UTF_8), metadata("app", NOW)));

        assertThat(build.state()).isEqualTo(BuildState.FAILED);
        assertThat(build.error()).contains("unknown instruction: RUNN");
    }

    @Test
    void truncatedLogHasAGap() {
        byte[] log = log("28.5/first.plain");

        var build = only(send(Arrays.copyOf(log, log.length / 2), metadata("app", NOW)));

        assertThat(build.gaps()).isNotEmpty();
        assertThat(build.steps()).isPositive();
    }

    @Test
    void whatIsNoLogIsRefusedAndNothingStored() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> send("hello\nworld\n".getBytes(StandardCharsets.UTF_8), metadata("app", NOW)))
                .withMessageStartingWith("body: ");
        assertThat(builds.list(BuildFilter.ALL, null, 9).items()).isEmpty();
    }

    private BuildView only(List<UploadIntake.Taken> taken) {
        assertThat(taken).hasSize(1);
        return builds.find(taken.getFirst().id()).orElseThrow();
    }

    private List<UploadIntake.Taken> send(byte[] log, UploadedLog uploadedLog) {
        try {
            return intake.take(uploadedLog, "ci", new ByteArrayInputStream(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UploadedLog metadata(String project, @Nullable Instant startedAt) {
        return new UploadedLog(project, null, null, null, null, null, null, false, startedAt, null);
    }

    private static byte[] log(String name) {
        try (var file = UploadIntakeTests.class.getResourceAsStream("/dev/cachewarden/progress/log/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzip(byte[] log) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
