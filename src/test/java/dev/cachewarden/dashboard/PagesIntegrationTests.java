package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.Role;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.browser.Look;
import dev.cachewarden.testing.browser.RealBrowser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Each page, light and dark, wide and on a phone: no breach of policy, no script error, nothing axe finds, nothing cut off. */
@RealBrowser
@SpringBootTest(classes = DashboardApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PagesIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String PASSWORD = "correct horse battery";

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    Fleets fleets;

    @BeforeEach
    void fill() {
        fleets.six();
        if (accounts.find("ann").isEmpty()) {
            accounts.add("ann", Role.ADMIN, PASSWORD);
            accounts.add("vera", Role.VIEWER, PASSWORD);
        }
    }

    static Stream<Arguments> pages() {
        var pages = List.of(
                Arguments.of("overview", "/"),
                Arguments.of("hosts", "/hosts"),
                Arguments.of("hosts-none-matches", "/hosts?q=nowhere"),
                Arguments.of("not-found", "/hosts/999"));
        return pages.stream()
                .flatMap(page -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                        .flatMap(scheme -> Stream.of(1280, 390)
                                .map(width -> Arguments.of(page.get()[0], page.get()[1], scheme, width))));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("pages")
    void pageIsSoundAndWhole(String name, String path, ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, scheme, width);
        page.navigate(path);

        assertSound(look, page, name, scheme, width);
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
        var page = signedIn(look, scheme, width);
        fleets.clear();
        page.navigate("/");
        assertSound(look, page, "overview-empty", scheme, width);

        fleets.many(240);
        page.navigate("/");
        assertSound(look, page, "overview-many", scheme, width);
    }

    static Stream<Arguments> looks() {
        return Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .flatMap(scheme -> Stream.of(1280, 390).map(width -> Arguments.of(scheme, width)));
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
                .contains("px wider than the window");
    }

    private Page signedIn(Look look, ColorScheme scheme, int width) {
        var page = look.open(origin(), scheme, width, Fleets.NOW);
        page.navigate("/login");
        page.getByLabel("Name").fill("ann");
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    private void assertSound(Look look, Page page, String name, ColorScheme scheme, int width) {
        var faults = look.faults(page);
        look.picture(page, name + "-" + scheme.name().toLowerCase(java.util.Locale.ROOT) + "-" + width);
        // A page that is not there answers with 404, which the console of the browser reports.
        assertThat(faults).filteredOn(fault -> !fault.contains("status of 404")).isEmpty();
    }

    private String origin() {
        return "http://localhost:" + port;
    }
}
