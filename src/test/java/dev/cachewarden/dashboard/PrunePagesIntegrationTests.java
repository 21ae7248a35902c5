package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.Runs;
import dev.cachewarden.testing.browser.Look;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The pages of pruning, each light and dark, wide and on a phone, with data and without, and what their forms do. */
class PrunePagesIntegrationTests extends BrowserStage {

    @Autowired
    FakeDrafts drafts;

    @Autowired
    StoredBuilds builds;

    @BeforeEach
    void makeBuilds() {
        runs.endedAgo(RunState.DONE, Duration.ofHours(26));
        MadeBuilds.fill(builds, database);
    }

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
            softly.assertThat(page.locator("main").innerText()).as(path).doesNotContain("needs the role");
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
            assertThat(page.locator("main").innerText()).as(path).contains("needs the role");
            assertThat(page.locator("main form[method=post]")
                            .locator("button:enabled")
                            .count())
                    .as(path)
                    .isZero();
            assertSound(look, page, name(path) + "-viewer", ColorScheme.LIGHT, 1280);
        }
    }

    @Test
    void aRefusedPolicyKeepsAllThatWasTyped(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/new");
        page.getByLabel("Name").fill("new-one");
        page.getByLabel("Scope").fill("env=ci,team=ml");
        page.locator("[name='rules[0].types'][value=frontend]").check();
        page.locator("[name='rules[0].maxUsedSpace']").fill("10XB");
        press(page, "Create policy");

        assertThat(page.locator("main").innerText()).contains("'10XB' is not a size");
        assertThat(page.getByLabel("Name").inputValue()).isEqualTo("new-one");
        assertThat(page.getByLabel("Scope").inputValue()).isEqualTo("env=ci,team=ml");
        assertThat(page.locator("[name='rules[0].types'][value=frontend]").isChecked())
                .isTrue();
        assertThat(page.locator("[name='rules[0].maxUsedSpace']").inputValue()).isEqualTo("10XB");

        page.locator("[name='rules[0].maxUsedSpace']").fill("10GB");
        press(page, "Create policy");
        assertThat(page.locator("main").innerText()).contains("'new-one' is saved");
    }

    @Test
    void thePreviewFollowsWhatIsTyped(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1/edit");
        page.locator("#preview-total strong").first().waitFor();
        assertThat(page.locator("#preview-total").innerText())
                .contains("The policy would delete 110 records, 33.4 GiB, on 1 host: 2.2 GiB more than version 4.");

        page.getByLabel("Name").fill("ci-default-and-more");
        page.locator("#preview-total:has-text('119 records')").waitFor();
        assertThat(page.locator(".preview").innerText())
                .contains("Rule 1: All except internal and frontend: unused for 14d")
                .contains("No preview for 1 host")
                .contains("Name the labels.");

        page.locator("[name='rules[0].maxUsedSpace']").fill("10XB");
        page.locator("#preview-total:has-text('Some fields are invalid')").waitFor();
        assertThat(page.locator("main").innerText()).containsOnlyOnce("'10XB' is not a size");
        assertThat(page.locator("[name='rules[0].maxUsedSpace'] + .wrong").innerText())
                .contains("'10XB' is not a size");
        assertThat(page.locator(".preview").innerText()).contains("Correct the marked fields.");
        assertThat(look.faults(page)).isEmpty();

        page.locator("[name='rules[0].maxUsedSpace']").fill("10GB");
        page.locator("#preview-total:has-text('119 records')").waitFor();
        assertThat(page.locator("#policy-form .wrong").count()).isZero();
    }

    @Test
    void anEditMakesThePreviewOutOfDateUntilTheServerAnswers(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1/edit");
        page.locator("#preview-total strong").first().waitFor();
        assertThat(page.locator("[data-out-of-date]").count()).isZero();

        page.route("**/policies/preview", Route::abort);
        page.getByLabel("Name").fill("ci-default-and-more");
        assertThat(page.locator(".preview").innerText()).contains("Out of date.");
        page.locator("[data-preview-note]:has-text('The server did not respond.')")
                .waitFor();
        assertThat(page.locator("[data-out-of-date] .preview-body").count()).isEqualTo(1);

        page.unroute("**/policies/preview");
        press(page, "Try again");
        page.locator("#preview-total:has-text('119 records')").waitFor();
        assertThat(page.locator("[data-out-of-date]").count()).isZero();
        assertThat(page.locator(".preview").innerText()).doesNotContain("Out of date.");
    }

    @Test
    void anErrorOfTheServerIsShownAtThePreview(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1/edit");
        page.locator("#preview-total strong").first().waitFor();

        page.route("**/policies/preview", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        page.getByLabel("Name").fill("ci-default-and-more");

        page.locator("[data-preview-note]:has-text('The server answered with error 503.')")
                .waitFor();
        assertThat(page.locator("[data-preview-retry]").isVisible()).isTrue();
    }

    @Test
    void whoIsSignedOutSignsInAndFindsTheFormAsItWas(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1/edit");
        page.locator("#preview-total strong").first().waitFor();

        page.context().clearCookies();
        page.getByLabel("Name").fill("typed-before");
        page.locator("[name=afterBuilds]").check();
        page.locator("[data-preview-note]:has-text('You are signed out')").waitFor();
        assertThat(page.url()).endsWith("/policies/1/edit");
        page.getByText("Sign in and return").click();
        page.waitForURL("**/login");
        page.getByLabel("Name").fill("ann");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button[type=submit]").click();

        page.waitForURL("**/policies/1/edit**");
        assertThat(page.getByLabel("Name").inputValue()).isEqualTo("typed-before");
        assertThat(page.locator("[name=afterBuilds]").isChecked()).isTrue();
        page.locator("#preview-total strong").first().waitFor();
    }

    @ParameterizedTest
    @CsvSource({
        "'Unused for 24 hours', unused-24h",
        "'Unused for a week', unused-168h",
        "'Keep 10 GB', keep-10gb",
        "'Unused for a week, keep 10 GB', unused-168h-keep-10gb",
        "'Everything', everything"
    })
    void aTemplateBeginsWithAReportAndIsFourClicksFromItsRun(String title, String id, Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/new");
        page.getByText(title, new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**/policies/new?template=" + id);
        assertThat(page.locator("[name=mode][value=REPORT]").isChecked()).isTrue();
        page.locator("[name=mode][value=ENFORCE]").check();
        press(page, "Create policy");
        page.waitForURL("**/policies/3");
        press(page, "Preview and run");

        assertThat(page.locator("main").innerText()).contains("Delete 240 records from 1 host?");
    }

    @Test
    void aRecordIsThreeClicksFromItsDeletion(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/records/10/" + Fleets.id(1, 0));
        page.getByText("Plan deletion").click();
        page.waitForURL("**/plans/new?host=1&record=" + Fleets.id(1, 0));
        assertThat(page.locator("[name='rules[0].filters']").inputValue()).isEqualTo("id==" + Fleets.id(1, 0));
        press(page, "Preview prune");

        assertThat(page.locator("main").innerText()).contains("This cannot be undone.");
    }

    @Test
    void runNowRunsThePlansThatWereShown(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1");
        press(page, "Preview and run");
        assertThat(page.locator("[data-confirmed]").isDisabled()).isTrue();
        page.evaluate("document.querySelector('[data-confirmed]').disabled = false");
        page.locator("#confirm").fill("x");
        page.evaluate("document.querySelector('[data-confirmed]').disabled = false");
        press(page, "Delete 33.4 GiB");
        assertThat(page.locator("main").innerText())
                .contains("'x' is not the name of the policy. Nothing was deleted.");
    }

    @Test
    void aVersionTellsWhatChangedAndIsRestored(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/policies/1/versions/2?with=4");
        assertThat(page.locator("table.changes").innerText())
                .contains("Mode")
                .contains("ENFORCE")
                .contains("REPORT")
                .contains("Rule 2")
                .contains("Stop after failures");

        press(page, "Restore as version 5");
        assertThat(page.locator("main").innerText()).contains("Version 2 is restored as version 5.");
    }

    @Test
    void pagesTellTheGuardsAndTheFormHoldsThem(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        for (var path : List.of("/policies/1", "/plans/1", "/policies/1/versions/4")) {
            page.navigate(path);
            assertThat(page.locator("main").innerText())
                    .as(path)
                    .contains("waits up to 10m for running builds; stops after 3 failed deletions;");
        }

        page.navigate("/policies/1/edit");
        assertThat(page.getByLabel("Wait for builds").inputValue()).isEqualTo("10m");
        assertThat(page.getByLabel("Stop after failures").inputValue()).isEqualTo("3");
        assertThat(page.getByLabel("Pause between batches").inputValue()).isEmpty();
    }

    @Test
    void aRunLinksTheVersionOfThePolicyItRan(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/" + FakeRuns.id(RunState.PARTIAL));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("v4").setExact(true))
                .click();

        page.waitForURL("**/policies/1/versions/4");
    }

    @Test
    void aHostTellsWhichPolicyPrunesIt(Look look) {
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
    void aPlanThatTakesMountsIsRunOnlyOnceTheHostIsNamed(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/plans/1");
        assertThat(page.locator("main").innerText()).contains("Delete 240 records from ci-frankfurt-01?");
        assertThat(page.locator("[data-confirmed]").isDisabled()).isTrue();

        // What the page holds back, the server holds back as well.
        page.locator("#confirm").fill("another-host");
        page.evaluate("document.querySelector('[data-confirmed]').disabled = false");
        press(page, "Delete 33.4 GiB");
        assertThat(page.locator("main").innerText())
                .contains("'another-host' is not the name of the host. Nothing was deleted.");

        page.locator("#confirm").fill("ci-frankfurt-01");
        press(page, "Delete 33.4 GiB");
        page.waitForURL("**/runs/812");
        assertThat(page.locator("main").innerText()).contains("Starting soon");

        press(page, "Cancel run");
        page.waitForURL("**/runs/812");
        assertThat(page.locator("main").innerText()).contains("Run 812 is canceled. It deleted nothing.");
    }

    @Test
    void runsThatWereStartedTogetherHaveOnePage(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/groups/5");

        assertThat(page.locator("main").innerText())
                .contains("ci-default v4")
                .contains("Run 811", "Run 812", "Run 813")
                .contains("ci-frankfurt-02", "There is nothing to delete.");
        press(page, "Cancel 3 runs");
        assertThat(page.locator("#run-group").innerText()).contains("Canceled").doesNotContain("Starting soon");
        assertThat(page.locator("main button:has-text('Cancel')").count()).isZero();
    }

    @Test
    void aRunIsCanceledFromTheList(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs");
        page.getByLabel("Cancel run 812").click();

        page.waitForURL("**/runs");
        assertThat(page.locator("main").innerText()).contains("Run 812 is canceled. It deleted nothing.");
        assertThat(page.getByLabel("Cancel run 812").count()).isZero();
    }

    @Test
    void aPersonWhoMayNotApproveReadsWhy(Look look) {
        runs.selfApproval = new Runs.Approval(false, "ann requested this run. Another person must approve it.");
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/" + FakeRuns.id(RunState.AWAITING_APPROVAL));

        assertThat(page.locator("main").innerText()).contains("Another person must approve it.");
        assertThat(page.locator("main button:has-text('Approve')").count()).isZero();
    }

    @Test
    void pinsAreAddedFromARecordAndRemoved(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/pins");
        assertThat(page.locator("main").innerText()).contains("No pins for all hosts");
        page.getByLabel("Filter").fill("label==x");
        press(page, "Add pin");
        assertThat(page.locator("main").innerText()).contains("is a label filter");
        assertThat(page.getByLabel("Filter").inputValue()).isEqualTo("label==x");

        page.getByLabel("Filter").fill("mountTarget==/root/.m2");
        page.getByLabel("Note").fill("slow to fill");
        press(page, "Add pin");
        assertThat(page.locator("main").innerText())
                .contains("'mountTarget==/root/.m2' is pinned.")
                .contains("slow to fill");
        press(page, "Remove pin");
        assertThat(page.locator("main").innerText()).contains("No pins for all hosts");
    }

    @Test
    void aPlanAboveTheThresholdRequestsApproval(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/plans/5");

        assertThat(page.locator("main").innerText())
                .contains("ci-default draft of v5")
                .contains("Request approval to delete 240 records from ci-frankfurt-01?")
                .contains("deletes more than 25.0 GiB, so its run waits for approval");
        assertThat(page.locator("[data-confirmed]").innerText()).isEqualTo("Request approval for 33.4 GiB");
    }

    @Test
    void aNoteOnAnApprovalStaysTrueWhateverBecomesOfTheRun(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.AWAITING_APPROVAL);
        page.navigate("/runs/" + id);
        press(page, "Approve: delete 33.4 GiB");

        assertThat(page.locator("main").innerText()).contains("You approved run " + id + ".");
        assertThat(page.locator("main .note").allInnerTexts()).noneMatch(note -> note.contains("soon"));
    }

    @Test
    void aPlanOfAPolicyThatOnlyReportsCannotBeRun(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/plans/2");

        assertThat(page.locator("main").innerText()).contains("so this plan can never be run");
        assertThat(page.locator("[data-confirmed]").count()).isZero();

        drafts.clear();
        press(page, "Create plan in enforce mode");
        page.waitForURL("**/plans/**");
        assertThat(drafts.draftOf(1).orElseThrow().content().mode()).isEqualTo(PolicyMode.ENFORCE);
    }

    @Test
    void anOpenRunIsReadAnewByItselfUntilItHasEnded(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.AWAITING_APPROVAL);
        page.navigate("/runs/" + id);
        assertThat(page.locator("#run").innerText()).contains("Waiting for approval");

        runs.cancel(id, Caller.named("otto"));

        page.locator("#run:not([data-run-open])").waitFor();
        assertThat(page.locator("#run").innerText()).contains("Canceled").contains("by otto");
    }

    @Test
    void anOpenRunIsToldByTheServer(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.RUNNING);
        var listening = page.waitForRequest("**/api/v1/runs/" + id + "/events", () -> page.navigate("/runs/" + id));
        assertThat(listening.resourceType()).isEqualTo("eventsource");

        runs.delete(id, 200);

        page.locator("#run progress[value='212']").waitFor();
        assertThat(look.faults(page)).isEmpty();
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

    private static String name(String path) {
        return "prune-" + path.substring(1).replaceAll("[^a-zA-Z0-9]+", "-");
    }
}
