package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.Runs;
import dev.cachewarden.testing.browser.Look;
import org.junit.jupiter.api.Test;

/** The pages of plans, runs, approvals, and pins. */
class RunPagesIntegrationTests extends PrunePagesStage {

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
    void aRunLinksTheVersionOfThePolicyItRan(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/" + FakeRuns.id(RunState.PARTIAL));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("v4").setExact(true))
                .click();

        page.waitForURL("**/policies/1/versions/4");
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
        runs.selfApproval = new Runs.Approval(false, "ann requested this run. Another user must approve it.");
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/" + FakeRuns.id(RunState.AWAITING_APPROVAL));

        assertThat(page.locator("main").innerText()).contains("Another user must approve it.");
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
    void approvalNoteMakesNoPrediction(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.AWAITING_APPROVAL);
        page.navigate("/runs/" + id);
        press(page, "Approve: delete 33.4 GiB");

        assertThat(page.locator("main").innerText()).contains("Run " + id + " is approved.");
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
    void openRunRefreshesUntilItEnds(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.AWAITING_APPROVAL);
        page.navigate("/runs/" + id);
        assertThat(page.locator("#run").innerText()).contains("Waiting for approval");

        runs.cancel(id, Caller.named("otto"));

        page.locator("#run:not([data-run-open])").waitFor();
        assertThat(page.locator("#run").innerText()).contains("Canceled").contains("by otto");
    }

    @Test
    void openRunIsUpdatedByServerEvents(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        long id = FakeRuns.id(RunState.RUNNING);
        var listening = page.waitForRequest("**/api/v1/runs/" + id + "/events", () -> page.navigate("/runs/" + id));
        assertThat(listening.resourceType()).isEqualTo("eventsource");

        runs.delete(id, 200);

        page.locator("#run progress[value='212']").waitFor();
        assertThat(look.faults(page)).isEmpty();
    }
}
