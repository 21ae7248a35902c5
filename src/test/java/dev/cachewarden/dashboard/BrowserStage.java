package dev.cachewarden.dashboard;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.testing.browser.Look;
import dev.cachewarden.testing.browser.Look.Accessibility;
import dev.cachewarden.testing.browser.RealBrowser;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.provider.Arguments;

/** The pages in a real browser. */
@RealBrowser
abstract class BrowserStage extends PageStage {

    /** Whether pictures are taken of all pages, not only of those with faults. */
    private static final boolean ALL_PICTURES = Boolean.getBoolean("cachewarden.test.pictures");

    /** Light and dark, wide and on a phone. */
    /** The light phone differs from the two others by nothing that is checked, so it is only opened for its pictures. */
    static Stream<Arguments> looks() {
        var looks = Stream.of(
                Arguments.of(ColorScheme.LIGHT, 1280),
                Arguments.of(ColorScheme.DARK, 1280),
                Arguments.of(ColorScheme.DARK, 390));
        return ALL_PICTURES ? Stream.concat(looks, Stream.of(Arguments.of(ColorScheme.LIGHT, 390))) : looks;
    }

    Page signedIn(Look look, String person, ColorScheme scheme, int width) {
        var page = look.open(origin(), scheme, width, Fleets.NOW);
        page.navigate("/login");
        page.getByLabel("Username").fill(person);
        page.getByLabel("Password").fill(PASSWORD);
        page.locator("button[type=submit]").click();
        page.waitForURL(url -> !url.contains("/login"));
        return page;
    }

    static void assertSound(Look look, Page page, String name, ColorScheme scheme, int width) {
        SoftAssertions.assertSoftly(softly -> assertSound(softly, look, page, name, scheme, width));
    }

    static void assertSound(SoftAssertions softly, Look look, Page page, String name, ColorScheme scheme, int width) {
        var faults = look.faults(page, accessibility(scheme, width));
        if (ALL_PICTURES || !faults.isEmpty()) {
            picture(look, page, name, scheme, width);
        }
        // A page that answers with 400 or 404 as it should is reported by the browser's console too.
        softly.assertThat(faults)
                .as(name)
                .filteredOn(fault -> !fault.contains("status of 404") && !fault.contains("status of 400"))
                .isEmpty();
    }

    /** Each width and each scheme is looked at as a whole once, in two of the looks; colours are in each scheme where most is shown. */
    private static Accessibility accessibility(ColorScheme scheme, int width) {
        boolean wide = width == 1280;
        if (wide == (scheme == ColorScheme.LIGHT)) {
            return Accessibility.ALL;
        }
        return wide ? Accessibility.COLOURS : Accessibility.NONE;
    }

    static void picture(Look look, Page page, String name, ColorScheme scheme, int width) {
        look.picture(page, name + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + width);
    }

    /** Presses the first button of the page with these words. */
    static void press(Page page, String name) {
        page.locator("main button", new Page.LocatorOptions().setHasText(name))
                .first()
                .click();
        page.waitForLoadState();
    }

    String origin() {
        return "http://localhost:" + port;
    }
}
