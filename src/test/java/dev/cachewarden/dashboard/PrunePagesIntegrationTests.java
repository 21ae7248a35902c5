package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.browser.Look;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of pruning, each light and dark, wide and on a phone, with data and without. */
class PrunePagesIntegrationTests extends PrunePagesStage {

    private static final List<String> PAGES = List.of(
            "/policies",
            "/policies/new",
            "/policies/1",
            "/policies/new?template=docker-defaults",
            "/policies/1/edit",
            "/policies/1/replay",
            "/policies/1/versions/4",
            "/policies/1/export",
            "/policies/1/export?format=buildkitd.toml",
            "/policies/1/versions/2?with=4",
            "/hosts/1",
            "/policies/2",
            "/policies/1/delete",
            "/plans/new?host=1",
            "/plans/1",
            "/plans/2",
            "/plans/3",
            "/plans/5",
            "/pins",
            "/runs/groups/5",
            "/runs",
            "/runs?state=DONE&policy=1",
            "/runs/" + FakeRuns.id(RunState.AWAITING_APPROVAL),
            "/runs/" + FakeRuns.id(RunState.COUNTDOWN),
            "/runs/" + FakeRuns.id(RunState.WAITING_FOR_BUILDS),
            "/runs/" + FakeRuns.id(RunState.RUNNING),
            "/runs/" + FakeRuns.id(RunState.DONE),
            "/runs/" + FakeRuns.id(RunState.PARTIAL),
            "/runs/" + FakeRuns.id(RunState.FAILED) + "?outcome=FAILED");

    @ParameterizedTest
    @MethodSource("looks")
    void pagesAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        var softly = new SoftAssertions();

        for (var path : PAGES) {
            page.navigate(path);
            softly.assertThat(page.locator("main").innerText()).as(path).doesNotContain("Requires the ");
            assertSound(softly, look, page, name(path), scheme, width);
        }

        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void previewAndRefusedFormsAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        page.navigate("/policies/1");
        press(page, "Preview and run");
        assertSound(look, page, "prune-policy-preview", scheme, width);

        page.navigate("/policies/new");
        page.locator("[name='rules[0].maxUsedSpace']").fill("10XB");
        page.getByLabel("Name").fill("new-one");
        press(page, "Create policy");
        assertSound(look, page, "prune-policy-refused", scheme, width);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void draftsAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        drafts.clear();
        var page = signedIn(look, "ann", scheme, width);
        page.navigate("/policies/1/edit");
        page.locator("[name='rules[0].unusedFor']").fill("21d");
        press(page, "Save draft");
        page.waitForURL("**/policies/1");
        assertSound(look, page, "prune-policy-draft", scheme, width);
        page.navigate("/policies/1/edit");
        assertSound(look, page, "prune-policy-edit-beside-draft", scheme, width);

        page.navigate("/policies/1/edit?draft=true");
        assertThat(page.locator("[name='rules[0].unusedFor']").inputValue()).isEqualTo("21d");
        press(page, "Save draft and create plan");
        page.waitForURL("**/plans/1");
        assertSound(look, page, "prune-policy-draft-plan", scheme, width);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void pagesWithoutDataAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        fleets.clear();
        policies.clear();
        runs.clear();
        for (var path : List.of("/policies", "/runs", "/plans/new", "/runs?state=FAILED")) {
            page.navigate(path);
            assertSound(look, page, name(path) + "-empty", scheme, width);
        }
    }

    @Test
    void viewersSeeThePagesAndWhyTheyCannotAct(Look look) {
        var page = signedIn(look, "vera", ColorScheme.LIGHT, 1280);
        for (var path : List.of(
                "/policies",
                "/policies/1",
                "/plans/new?host=1",
                "/plans/1",
                "/runs",
                "/runs/" + FakeRuns.id(RunState.AWAITING_APPROVAL))) {
            page.navigate(path);
            assertThat(page.locator("main").innerText()).as(path).containsPattern("Requires the (operator|admin) role");
            assertThat(page.locator("main form[method=post]")
                            .locator("button:enabled")
                            .count())
                    .as(path)
                    .isZero();
            assertSound(look, page, name(path) + "-viewer", ColorScheme.LIGHT, 1280);
        }
    }

    @Test
    void hostShowsThePolicyThatPrunesIt(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/hosts/1");

        assertThat(page.locator("#policies").innerText())
                .contains("ci-default v4")
                .contains("Prunes this host")
                .contains("its scope env=ci covers this host")
                .contains("watch-only v1")
                .contains("Report mode");
    }

    @Test
    void recordsComeAsCsv(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);

        var answer = page.request().get("/runs/" + FakeRuns.id(RunState.PARTIAL) + "/records.csv?outcome=FAILED");

        assertThat(answer.headers()).containsEntry("content-type", "text/csv;charset=UTF-8");
        assertThat(answer.text())
                .startsWith("position,id,type,")
                .contains(OutcomeReason.of(OutcomeReason.Code.KEPT).text());
        assertThat(answer.text().lines()).hasSize(2);
    }
}
