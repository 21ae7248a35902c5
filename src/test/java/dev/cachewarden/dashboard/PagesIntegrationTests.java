package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.testing.browser.Look;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Each page but those of pruning, light and dark, wide and on a phone: no breach of policy, no script error, nothing axe finds, nothing cut off. */
class PagesIntegrationTests extends BrowserStage {

    @Autowired
    StoredBuilds builds;

    @BeforeEach
    void makeBuilds() {
        MadeBuilds.fill(builds, database);
        fleets.holdResults();
    }

    private static final Map<String, String> PAGES = pages();

    private static Map<String, String> pages() {
        var pages = new LinkedHashMap<String, String>();
        pages.put("overview", "/");
        pages.put("hosts", "/hosts");
        pages.put("hosts-none-matches", "/hosts?q=nowhere");
        pages.put("host", "/hosts/1");
        pages.put("host-by-type", "/hosts/1?range=7d&by=type");
        pages.put("host-silent", "/hosts/3");
        pages.put("host-stale", "/hosts/4");
        pages.put("host-disk-unknown", "/hosts/5");
        pages.put("host-unread", "/hosts/6");
        pages.put("host-new", "/hosts/new");
        pages.put("host-edit", "/hosts/1/edit");
        pages.put("host-delete", "/hosts/1/delete");
        pages.put("records", "/records");
        pages.put("records-filtered", "/records?q=type:regular+state:reclaimable+apt-get&sort=-lastUsed");
        pages.put("records-none-matches", "/records?q=nothing-like-it");
        pages.put("records-bad-filter", "/records?q=tpye:regular");
        pages.put("record", "/records/10/" + Fleets.id(1, 3));
        pages.put("mounts", "/mounts");
        pages.put("mounts-none-matches", "/mounts?q=nothing-like-it");
        pages.put("mount-plan", "/plans/new?host=1&mount=/root/.m2");
        pages.put("builds", "/builds");
        pages.put("builds-none-matches", "/builds?project=nothing-like-it");
        pages.put("builds-found", "/builds?q=web+exit&project=shop/web");
        pages.put("project", "/project?name=shop/api&split=dockerfile");
        pages.put("project-small", "/project?name=shop/web");
        pages.put("project-of-policy", "/project?name=shop/api&range=7d&split=policy:1:4");
        pages.put("build-that-sends-more", "/builds/13");
        pages.put("build", "/builds/2");
        pages.put("build-failed", "/builds/3");
        pages.put("build-running", "/builds/4");
        pages.put("step", "/step?project=shop/web&identity=cbbb1275c50a7c9c");
        pages.put("step-of-many", "/step?project=shop/api&identity=13d0a0e838a842a3");
        pages.put("step-late", "/step?project=shop/web&identity=cbbb1275c50a7c9c&range=24h");
        pages.put("step-rules", "/project/rules?name=shop/api");
        pages.put("analytics", "/analytics?range=90d&split=2026-01-01");
        pages.put("analytics-by-step", "/analytics?range=7d&by=step&host=1");
        pages.put("analytics-by-project", "/analytics?range=7d&by=project");
        pages.put("builds-narrowed", "/builds?branch=main&from=2026-02-01T00:00:00Z&until=2026-03-01T12:00:00Z");
        pages.put("analytics-of-host", "/analytics?range=30d&host=1");
        pages.put("analytics-none", "/analytics?range=24h&project=nothing-like-it");
        pages.put("password", "/settings/password");
        pages.put("tokens", "/settings/tokens");
        pages.put("users", "/settings/users");
        pages.put("audit", "/audit");
        pages.put("api", "/api");
        pages.put("not-found", "/hosts/999");
        return pages;
    }

    @ParameterizedTest
    @MethodSource("looks")
    void eachPageIsSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        var softly = new SoftAssertions();

        PAGES.forEach((name, path) -> {
            page.navigate(path);
            assertSound(softly, look, page, name, scheme, width);
        });

        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void dialogsAndMenusAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        var softly = new SoftAssertions();

        page.locator("details.menu > summary").click();
        assertSound(softly, look, page, "menu", scheme, width);
        page.navigate("/hosts");
        page.locator("button[aria-label='Keyboard help']").click();
        assertSound(softly, look, page, "keyboard", scheme, width);
        page.navigate("/settings/tokens");
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("look");
        page.getByText("Create token").click();
        assertSound(softly, look, page, "token-made", scheme, width);

        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theConfigurationFileIsSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        policies.comesFrom(FakeConfiguration.FILE, 2);
        var statuses = Map.of(
                "config-none", FakeConfiguration.none(3),
                "config-pending", FakeConfiguration.pending(),
                "config-refused", FakeConfiguration.refused());
        var softly = new SoftAssertions();

        statuses.forEach((name, status) -> {
            configuration.status = status;
            page.navigate("/settings/config");
            page.locator("details.fold > summary").all().forEach(Locator::click);
            assertSound(softly, look, page, name, scheme, width);
        });
        page.navigate("/policies/2");
        assertSound(softly, look, page, "policy-of-file", scheme, width);

        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("looks")
    void loginIsSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = look.open(origin(), scheme, width, Fleets.NOW);
        page.navigate("/login?failed");

        assertSound(look, page, "login", scheme, width);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void emptyAndManyAreSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "ann", scheme, width);
        fleets.clear();
        page.navigate("/");
        assertSound(look, page, "overview-empty", scheme, width);

        fleets.many(240);
        page.navigate("/");
        assertSound(look, page, "overview-many", scheme, width);
    }

    /** Who reads a log goes on reading it as the page is asked for again, and hears of the end. */
    @Test
    void aLogThatIsReadStaysOpenUntilTheBuildHasEnded(Look look) {
        var page = signedIn(look, "vera", ColorScheme.LIGHT, 1280);
        log("compiling 1");
        try {
            page.navigate("/builds/4");
            var name = page.locator("summary[id^=name-]");
            name.press("Enter");
            String focused = name.getAttribute("id");

            log("compiling 2");
            page.evaluate("htmx.trigger('#build', 'cw-refresh')");
            page.locator("details[open] pre", new Page.LocatorOptions().setHasText("compiling 2"))
                    .waitFor();
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo(focused);

            database.jdbc().update("update build set state = 'CANCELED' where id = 4");
            page.evaluate("htmx.trigger('#build', 'cw-refresh')");
            page.locator("#build:not([data-live])").waitFor();
            assertThat(page.locator("details[open] pre").innerText()).contains("compiling 2");
            assertThat(page.locator("[data-notice]").textContent()).isEqualTo("Build 4: Canceled");
        } finally {
            database.jdbc().update("update build set state = 'RUNNING' where id = 4");
            log("");
        }
    }

    @Test
    void aLogThatIsClosedStaysClosed(Look look) {
        var page = signedIn(look, "vera", ColorScheme.LIGHT, 1280);
        database.jdbc()
                .update("update build_step set state = 'FAILED', error = 'no manifest', log = 'trying 1'"
                        + " where build_id = 4 and state = 'RUNNING'");
        try {
            page.navigate("/builds/4");
            page.locator("details[open] > summary[id^=name-]").press("Enter");

            database.jdbc().update("update build_step set log = 'trying 2' where build_id = 4 and state = 'FAILED'");
            page.evaluate("htmx.trigger('#build', 'cw-refresh')");
            page.locator("details pre", new Page.LocatorOptions().setHasText("trying 2"))
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));

            assertThat(page.locator("#steps details[open]").count()).isZero();
        } finally {
            database.jdbc()
                    .update("update build_step set state = 'RUNNING', error = null, log = ''"
                            + " where build_id = 4 and state = 'FAILED'");
        }
    }

    private void log(String text) {
        database.jdbc().update("update build_step set log = ? where build_id = 4 and state = 'RUNNING'", text);
    }

    @Test
    void aBadPageIsFound(Look look) {
        var page = look.open(origin(), ColorScheme.LIGHT, 390, Fleets.NOW);
        page.navigate("/login");
        page.evaluate("""
                () => {
                  const bad = document.createElement('div');
                  bad.innerHTML = '<img src="https://elsewhere.example/x.png"><p style="color:red">inline</p><input>'
                    + '<p class="mono">' + 'x'.repeat(400) + '</p>';
                  document.body.append(bad);
                  setTimeout(() => { throw new Error('planted'); });
                }""");

        var faults = String.join("\n", look.faults(page));

        assertThat(faults)
                .contains("CSP: img-src")
                .contains("CSP: style-src")
                .contains("Error: planted")
                .contains("axe: image-alt")
                .contains("axe: label")
                .contains("px wider than a window of");
    }
}
