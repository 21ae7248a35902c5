package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.browser.Look;
import org.junit.jupiter.api.Test;

/** The page of a run goes on while its buttons and links have the focus. */
class RunFocusIntegrationTests extends BrowserStage {

    @Test
    void theFocusStaysOnWhatHasIt(Look look) {
        long id = FakeRuns.id(RunState.RUNNING);
        var page = signedIn(look, "ann", ColorScheme.LIGHT, 1280);
        page.navigate("/runs/" + id);

        for (var focused : new String[] {"run-cancel", "run-skipped"}) {
            page.locator("#" + focused).focus();
            long records = focused.equals("run-cancel") ? 201 : 202;
            runs.delete(id, records);

            page.locator("#run-deleted:text-is('" + records + "')").waitFor();
            assertThat(focus(page)).isEqualTo(focused);
        }
    }

    @Test
    void theFocusGoesToTheStateWhenItsButtonIsOfferedNoMore(Look look) {
        long id = FakeRuns.id(RunState.RUNNING);
        var page = signedIn(look, "ann", ColorScheme.DARK, 390);
        page.navigate("/runs/" + id);
        page.locator("#run-cancel").focus();

        runs.cancel(id, Caller.named("otto"));

        page.locator("#run-cancel").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        page.waitForFunction("document.activeElement.id === 'run-state'");
        assertThat(focus(page)).isEqualTo("run-state");
    }

    private static Object focus(Page page) {
        return page.evaluate("document.activeElement.id");
    }
}
