package dev.cachewarden.build.analysis;

import static dev.cachewarden.build.steps.TestBuild.CONTEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.MissCause.ArgumentChanged;
import dev.cachewarden.build.analysis.MissCause.BaseImageChanged;
import dev.cachewarden.build.analysis.MissCause.InputChanged;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.TestBuild;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What no recorded build shows. */
class ComparisonTests {

    private static final Instant YESTERDAY = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant TODAY = Instant.parse("2026-03-02T10:00:00Z");
    private static final String FROM = "[1/5] FROM docker.io/library/node:22";
    private static final String APK = "[2/5] RUN apk add git";
    private static final String MANIFEST = "[3/5] COPY package.json ./";
    private static final String INSTALL = "[4/5] RUN npm ci";
    private static final String CODE = "[5/5] COPY . .";

    private static TestBuild cached(Instant at) {
        return TestBuild.at(at)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .cached(APK, FROM)
                .cached(MANIFEST, APK, CONTEXT)
                .cached(INSTALL, MANIFEST)
                .cached(CODE, INSTALL, CONTEXT);
    }

    @Test
    void anImageThatARegistryKnowsByAnotherDigest() {
        String old = "[1/2] FROM docker.io/library/node:22@sha256:" + "0".repeat(64);
        String now = "[1/2] FROM docker.io/library/node:22@sha256:" + "1".repeat(64);
        var before = TestBuild.at(YESTERDAY).ran(old, 900).ran("[2/2] RUN apk add git", 3_000, old);
        var after = TestBuild.at(TODAY).ran(now, 900).ran("[2/2] RUN apk add git", 3_000, now);

        var comparison = compared(after, before);
        assertThat(comparison.scenario()).isEqualTo(Scenario.BASE_IMAGE_CHANGED);
        assertThat(cause(comparison))
                .isEqualTo(new BaseImageChanged(
                        "docker.io/library/node:22@sha256:" + "0".repeat(64),
                        "docker.io/library/node:22@sha256:" + "1".repeat(64),
                        true));
    }

    @Test
    void anotherImageInTheDockerfile() {
        String now = "[1/2] FROM docker.io/library/node:24";
        var before = TestBuild.at(YESTERDAY).ran("[1/2] FROM docker.io/library/node:22", 900);
        before.ran("[2/2] RUN apk add git", 3_000, "[1/2] FROM docker.io/library/node:22");
        var after = TestBuild.at(TODAY).ran(now, 900).ran("[2/2] RUN apk add git", 3_000, now);

        assertThat(compared(after, before).reason())
                .isEqualTo("First miss: RUN apk add git."
                        + " The base image changed from docker.io/library/node:22 to docker.io/library/node:24.");
    }

    /** A FROM line may ask for a platform although the build does not. */
    @Test
    void theSamePlatformsAreNoOtherPlatforms() {
        var before = TestBuild.at(YESTERDAY).ran(FROM, 9).ran(APK, 3_000, FROM);
        String from = "[linux/arm64 1/2] FROM docker.io/library/node:22";
        var after = TestBuild.at(TODAY).ran(from, 9).ran("[linux/arm64 2/2] RUN apk add git", 3_000, from);

        var comparison = compared(after, before);
        assertThat(comparison.reason()).doesNotContain("platform");
    }

    @Test
    void onePlatformMoreDoesNotHideCodeThatChanged() {
        String arm = "[linux/arm64 1/2] FROM a";
        String amd = "[linux/amd64 1/2] FROM a";
        var before = TestBuild.at(YESTERDAY).begins("a").ran(arm, 9).ran(amd, 9);
        before.ran("[linux/arm64 2/2] COPY . .", 10, arm, CONTEXT).ran("[linux/amd64 2/2] COPY . .", 10, amd, CONTEXT);
        var after = TestBuild.at(TODAY).begins("a").ran(arm, 9).ran(amd, 9);
        after.ran("[linux/arm64 2/2] COPY . .", 10, arm, CONTEXT).ran("[linux/amd64 2/2] COPY . .", 10, amd, CONTEXT);

        var comparison = compared(after, before);
        assertThat(comparison.scenario()).isEqualTo(Scenario.CODE_CHANGED);
        assertThat(comparison.misses()).hasSize(2);
    }

    @Test
    void argumentsThatNoTextNamesAreLikelyOnly() {
        var after = TestBuild.at(TODAY)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .cached(APK, FROM)
                .cached(MANIFEST, APK, CONTEXT)
                .ran(INSTALL, 9_000, MANIFEST);
        var comparison = Comparison.of(
                build(after, Map.of("TOKEN", "b", "SAME", "x")),
                build(cached(YESTERDAY), Map.of("TOKEN", "a", "SAME", "x")),
                CacheLosses.NONE);

        assertThat(cause(comparison)).isEqualTo(new ArgumentChanged(List.of("TOKEN"), false));
        assertThat(comparison.reason())
                .endsWith("The value of build argument TOKEN changed. No other change is known.");
    }

    @Test
    void argumentsDoNotExplainAStepOfTheSameDigest() {
        var after = TestBuild.at(TODAY)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .ran(APK, 9_000, FROM);
        after.cached("[other 1/1] RUN true", FROM);
        var comparison = Comparison.of(
                build(after, Map.of("TOKEN", "b")), build(cached(YESTERDAY), Map.of("TOKEN", "a")), CacheLosses.NONE);

        assertThat(comparison.scenario()).isEqualTo(Scenario.UNKNOWN);
        assertThat(cause(comparison).text())
                .startsWith("The step and its inputs are unchanged, so the cache record was deleted");
    }

    @Test
    void aStepThatIsNeverKeptLeavesABuildUnchanged() {
        var before = TestBuild.at(YESTERDAY).begins("a").ran(FROM, 1).cached(APK, FROM);
        before.ran("[3/5] RUN date", 100, APK);
        var after =
                TestBuild.at(TODAY).begins("a").ran(FROM, 1).cached(APK, FROM).ran("[3/5] RUN date", 100, APK);

        var comparison = compared(after, before);
        assertThat(comparison.scenario()).isEqualTo(Scenario.UNCHANGED);
        assertThat(cause(comparison)).isInstanceOf(MissCause.NeverCached.class);
    }

    @Test
    void aStepThatRanInAFirstBuildAndAgainIsNotCalledNeverKept() {
        var before = TestBuild.at(YESTERDAY)
                .begins("a")
                .ran(FROM, 1)
                .ran(APK, 100, FROM)
                .ran("[3/5] RUN date", 9, APK);
        var after =
                TestBuild.at(TODAY).begins("a").ran(FROM, 1).cached(APK, FROM).ran("[3/5] RUN date", 9, APK);
        assertThat(cause(compared(after, before))).isInstanceOf(MissCause.Unknown.class);
    }

    @Test
    void whatAnAddressGaveChanged() {
        String address = "https://example.com/tool";
        String add = "[2/2] ADD https://example.com/tool /bin/";
        var before = TestBuild.at(YESTERDAY).ran(FROM, 1).ran(address, 500).ran(add, 10, FROM, address);
        var after = TestBuild.at(TODAY).ran(FROM, 1).ran(address, 500).ran(add, 10, FROM, address);
        assertThat(cause(compared(after, before))).isEqualTo(new InputChanged(InputChanged.Input.ADDRESS));
    }

    @Test
    void listsTheStrongestCauseFirst() {
        var after = TestBuild.at(TODAY)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .cached(APK, FROM)
                .ran("[web 1/1] COPY . /web", 40, FROM, CONTEXT)
                .ran(MANIFEST, 40, APK, CONTEXT)
                .ran(INSTALL, 9_000, MANIFEST)
                .ran(CODE, 90, INSTALL, CONTEXT)
                .ran("[last 1/1] COPY --from=web /web /web", 7, CODE, "[web 1/1] COPY . /web");
        var before = cached(YESTERDAY).cached("[web 1/1] COPY . /web", FROM, CONTEXT);
        before.cached("[last 1/1] COPY --from=web /web /web", CODE, "[web 1/1] COPY . /web");

        var comparison = compared(after, before);
        assertThat(comparison.scenario()).isEqualTo(Scenario.DEPENDENCIES_CHANGED);
        assertThat(comparison.misses())
                .extracting(miss -> miss.step().text())
                .containsExactly("COPY package.json ./", "COPY . /web");
        assertThat(comparison.misses().getFirst().cascade())
                .extracting(BuildStep::text)
                .containsExactly("RUN npm ci", "COPY . .");
        assertThat(comparison.misses().getFirst().cost()).isEqualTo(Duration.ofMillis(9_090));
        assertThat(comparison.misses().getLast().cascade()).isEmpty();
    }

    @Test
    void aStepThatIsNewInACascadeHadToRunAnyway() {
        var after = TestBuild.at(TODAY)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .cached(APK, FROM)
                .ran(MANIFEST, 40, APK, CONTEXT)
                .ran("[4/6] RUN npm audit", 900, MANIFEST)
                .ran("[5/6] RUN npm ci", 9_000, "[4/6] RUN npm audit");
        assertThat(compared(after, cached(YESTERDAY)).misses().getFirst().cascade())
                .extracting(BuildStep::text)
                .containsExactly("RUN npm ci");
    }

    @Test
    void aLossSinceTheBuildBeforeExplainsAMiss() {
        var after = TestBuild.at(TODAY)
                .begins("docker.io/library/node:22")
                .ran(FROM, 1)
                .ran(APK, 9_000, FROM);
        after.cached("[other 1/1] RUN true", FROM);
        CacheLosses losses = (step, from, to) -> {
            assertThat(from).isEqualTo(YESTERDAY);
            assertThat(to).isEqualTo(TODAY);
            return Optional.of(new CacheLoss.ByOthers(TODAY.minusSeconds(93)));
        };
        var comparison = Comparison.of(build(after), build(cached(YESTERDAY)), losses);

        assertThat(comparison.scenario()).isEqualTo(Scenario.CACHE_LOST);
        assertThat(cause(comparison).text())
                .isEqualTo(
                        "Garbage collection or an external prune deleted the cache record 1 min 33 s before this build.");

        CacheLosses sooner = (step, from, to) -> Optional.of(new CacheLoss.ByRun(12, TODAY.minusMillis(400)));
        assertThat(cause(Comparison.of(build(after), build(cached(YESTERDAY)), sooner))
                        .text())
                .isEqualTo("Run 12 deleted the cache record just before this build.");
    }

    @Test
    void aStepThatTheBuildBeforeDidNotReach() {
        var before = TestBuild.at(YESTERDAY)
                .begins("a")
                .ran(FROM, 1)
                .failed(APK, 100, FROM)
                .waiting(MANIFEST, APK, CONTEXT);
        var after =
                TestBuild.at(TODAY).begins("a").ran(FROM, 1).ran(APK, 100, FROM).ran(MANIFEST, 10, APK, CONTEXT);
        var comparison = Comparison.of(build(after), failed(before), CacheLosses.NONE);
        assertThat(comparison.scenario()).isEqualTo(Scenario.RETRIED);
        assertThat(cause(comparison).text()).isEqualTo("The previous build ended before this step finished.");
    }

    @Test
    void aMistakeThatWasMended() {
        var before = TestBuild.at(YESTERDAY).ran(FROM, 1).failed("[2/3] RUN maek", 100, FROM);
        var after = TestBuild.at(TODAY).ran(FROM, 1).ran("[2/3] RUN make", 100, FROM);
        var comparison = Comparison.of(build(after), failed(before), CacheLosses.NONE);
        assertThat(cause(comparison)).isEqualTo(new MissCause.OwnTextChanged("RUN maek", "RUN make"));
    }

    @Test
    void buildThatFailedBeforeItsFirstLookupHasNoScenario() {
        var after = TestBuild.at(TODAY).failed("[internal] load build definition from Dockerfile", 3);
        var comparison = Comparison.of(failed(after), build(cached(YESTERDAY)), CacheLosses.NONE);
        assertThat(comparison)
                .isEqualTo(
                        new Comparison(Scenario.UNKNOWN, "The build ended before its first cache lookup.", List.of()));
    }

    @Test
    void aStageByAnotherNameIsTheSameStage() {
        var before = TestBuild.at(YESTERDAY).begins("a").ran("[old 1/2] FROM a", 1);
        before.cached("[old 2/2] COPY . .", "[old 1/2] FROM a", CONTEXT);
        var after = TestBuild.at(TODAY).begins("a").ran("[new 1/2] FROM a", 1);
        after.ran("[new 2/2] COPY . .", 10, "[new 1/2] FROM a", CONTEXT);
        assertThat(compared(after, before).scenario()).isEqualTo(Scenario.CODE_CHANGED);
    }

    private static MissCause cause(Comparison comparison) {
        return comparison.firstMiss().orElseThrow().cause();
    }

    private static Comparison compared(TestBuild current, TestBuild previous) {
        return Comparison.of(build(current), build(previous), CacheLosses.NONE);
    }

    private static PastBuild build(TestBuild build) {
        return build(build, Map.of());
    }

    private static PastBuild build(TestBuild build, Map<String, String> arguments) {
        return new PastBuild(build.began(), true, false, arguments, build.steps());
    }

    private static PastBuild failed(TestBuild build) {
        return new PastBuild(build.began(), false, false, Map.of(), build.steps());
    }
}
