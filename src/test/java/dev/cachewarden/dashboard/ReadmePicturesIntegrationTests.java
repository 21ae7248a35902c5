package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.testing.browser.Look;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Takes the two pictures of the overview that the README shows. {@code docs/development.md} describes the command. */
class ReadmePicturesIntegrationTests extends BrowserStage {

    private static final int WIDTH = 1440;

    @Autowired
    StoredBuilds builds;

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void overviewShowsHostsAndHitRates(ColorScheme scheme, Look look) {
        MadeBuilds.fill(builds, database);
        fleets.holdResults();
        var page = signedIn(look, "ann", scheme, WIDTH);

        page.navigate("/");

        assertThat(page.locator("main").textContent()).contains("Hosts", "Hit rate", "%");
        picture(look, page, "readme-overview", scheme, WIDTH);
    }
}
