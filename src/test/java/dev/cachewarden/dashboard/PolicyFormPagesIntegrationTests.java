package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.testing.browser.Look;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form of a policy: its errors, its preview, and its versions. */
class PolicyFormPagesIntegrationTests extends PrunePagesStage {

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
                .contains("Rule 1: All except internal and frontend: unused for 14 d")
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
    void versionShowsItsChangesAndIsRestored(Look look) {
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
    void pagesAndFormShowTheGuards(Look look) {
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        for (var path : List.of("/policies/1", "/plans/1", "/policies/1/versions/4")) {
            page.navigate(path);
            assertThat(page.locator("main").innerText())
                    .as(path)
                    .contains("waits up to 10 min for running builds; stops after 3 failed deletions;");
        }

        page.navigate("/policies/1/edit");
        assertThat(page.getByLabel("Wait for builds").inputValue()).isEqualTo("10m");
        assertThat(page.getByLabel("Stop after failures").inputValue()).isEqualTo("3");
        assertThat(page.getByLabel("Pause between batches").inputValue()).isEmpty();
    }
}
