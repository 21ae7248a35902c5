package dev.cachewarden.testing.browser;

import com.deque.html.axecore.args.AxeRuleOptions;
import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** One test's view of pages: opens them, remembers all that went wrong on them, and takes pictures. */
public final class Look implements AutoCloseable {

    private static final String TELL_VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', event =>
                console.error('CSP: ' + event.violatedDirective + ' blocked ' + (event.blockedURI || 'inline')
                    + ' at ' + event.sourceFile + ':' + event.lineNumber + ' ' + event.sample));
            """;

    private static final int LONGEST_PICTURE = 2_600;

    /** Windows below this width are also checked at the width of the smallest phones. */
    private static final int NARROW = 600;

    private static final int NARROWEST = 320;

    /** Names the innermost elements that reach beyond the window. */
    private static final String WIDEST = """
            () => [...document.querySelectorAll('main *')]
              .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth
                && !element.closest('.scroll')
                && ![...element.children].some(child => child.getBoundingClientRect().right > document.documentElement.clientWidth))
              .slice(0, 5).map(element => element.outerHTML.slice(0, 120)).join(' | ')""";

    private final Browser browser;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private @Nullable BrowserContext context;
    private String origin = "";

    Look(Browser browser) {
        this.browser = browser;
    }

    /**
     * Begins anew, without cookies.
     *
     * @param now what the browser's clock says, and goes on saying
     */
    public Page open(String origin, ColorScheme scheme, int width, Instant now) {
        close();
        this.origin = origin;
        faults.clear();
        var fresh = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(origin)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setTimezoneId("UTC")
                .setLocale("en-GB")
                .setViewportSize(width, width < 600 ? 844 : 900));
        fresh.addInitScript(TELL_VIOLATIONS);
        fresh.setDefaultTimeout(60_000);
        fresh.clock().setFixedTime(now.toString());
        context = fresh;
        var page = fresh.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("console: " + message.text());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onRequest(request -> {
            if (!request.url().startsWith(this.origin)) {
                faults.add("elsewhere: " + request.url());
            }
        });
        return page;
    }

    /** How much of what makes a page accessible is looked at; it is most of the time that a look takes. */
    public enum Accessibility {
        ALL,
        COLOURS,
        NONE
    }

    /** All that went wrong since the last time it was asked, and is wrong with the page as it stands: policy, scripts, requests elsewhere, accessibility, and its width. */
    public List<String> faults(Page page) {
        return faults(page, Accessibility.ALL);
    }

    /** The same, with less of accessibility, where another look at the page sees to it. */
    public List<String> faults(Page page, Accessibility accessibility) {
        // Our scripts are modules: they have run, and charts are drawn, before the page counts as loaded.
        page.waitForLoadState(LoadState.LOAD);
        // What is being exchanged is greyed or half transparent for a moment.
        page.locator(".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling")
                .first()
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        if (accessibility != Accessibility.NONE) {
            addInaccessible(page, accessibility);
        }
        addWidth(page);
        if (page.viewportSize().width < NARROW) {
            int height = page.viewportSize().height;
            int width = page.viewportSize().width;
            page.setViewportSize(NARROWEST, height);
            addWidth(page);
            page.setViewportSize(width, height);
        }
        var found = List.copyOf(faults);
        faults.clear();
        return found;
    }

    /**
     * Adds an experimental rule: a name that differs from the visible text cannot be spoken to voice control. Only violations are reported in
     * detail: the details of what passes are most of a result.
     */
    private static AxeRunOptions options() {
        var enabled = new AxeRuleOptions();
        enabled.setEnabled(true);
        var options = new AxeRunOptions();
        options.setRules(Map.of("label-content-name-mismatch", enabled));
        options.setResultTypes(List.of("violations"));
        return options;
    }

    private void addWidth(Page page) {
        int beyond = (int) page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (beyond > 0) {
            faults.add("the page is " + beyond + " px wider than a window of " + page.viewportSize().width + " px: "
                    + page.evaluate(WIDEST));
        }
    }

    private void addInaccessible(Page page, Accessibility accessibility) {
        // The other mode opens a second page for each look, to gather what frames told, and takes three times as long;
        // there are no frames here.
        var axe = new AxeBuilder(page).setLegacyMode(true).options(options());
        if (accessibility == Accessibility.COLOURS) {
            axe.withRules(List.of("color-contrast"));
        }
        for (var violation : axe.analyze().getViolations()) {
            violation
                    .getNodes()
                    .forEach(node -> faults.add(
                            "axe: " + violation.getId() + " " + node.getHtml() + " " + node.getFailureSummary()));
        }
    }

    /** The upper part of the page, as far as people look at a picture. */
    public void picture(Page page, String name) {
        var window = page.viewportSize();
        int height = (int) page.evaluate("document.documentElement.scrollHeight");
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots", name + ".png"))
                .setFullPage(true)
                .setClip(0, 0, window.width, Math.min(height, LONGEST_PICTURE)));
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
