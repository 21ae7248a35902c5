package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.analytics.Traces;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.browser.Look;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** How large a cache should be, told over the uses of a month by some projects. */
class SizePagesIntegrationTests extends BrowserStage {

    private static final BuilderId BUILDER = new BuilderId(10);
    private static final int DAYS = 28;
    private static final String PAGE = "/analytics?host=1&range=30d";

    @Autowired
    StoredBuilds builds;

    @Autowired
    FakeHistory history;

    @BeforeEach
    void useTheCache() {
        MadeBuilds.fill(builds, database);
        var trace = Traces.projects(5, 14, DAYS);
        var shift = Duration.between(Instant.parse("2026-03-01T00:00:00Z"), Fleets.NOW.minus(Duration.ofDays(DAYS)));
        Map<String, List<RecordUse>> byContent = trace.stream().collect(Collectors.groupingBy(RecordUse::content));
        Map<String, List<UsageHistory.RecordUse>> seen = new HashMap<>();
        byContent.forEach((content, uses) -> seen.put(
                content,
                uses.stream()
                        .map(use -> use.at().plus(shift))
                        .map(at -> new UsageHistory.RecordUse(at, at, 2))
                        .toList()));
        var lives = byContent.values().stream()
                .map(uses -> life(uses.getFirst(), uses.getLast().at(), shift))
                .toList();
        history.put(BUILDER, new Past(lives, seen));
    }

    private static RecordLife life(RecordUse first, Instant lastUsed, Duration shift) {
        var made = first.at().plus(shift);
        // Of the last step it is known how long it takes. Versions of the code go, so may be one made again.
        boolean code = first.content().contains("-3-");
        String description = first.content().contains("-4-")
                ? "mount / from exec /bin/sh -c npm run build"
                : "[build] COPY " + (code ? first.content().replaceFirst("\\d+$", "") : first.content());
        var record = new CacheRecord(
                first.content(),
                RecordType.REGULAR,
                List.of(),
                description,
                false,
                false,
                null,
                first.size(),
                made,
                null,
                0);
        return new RecordLife(
                BUILDER, record, made, made, code ? lastUsed.plus(shift).plusSeconds(1) : null, null, null);
    }

    @ParameterizedTest
    @MethodSource("looks")
    void theCurveIsSoundAndWhole(ColorScheme scheme, int width, Look look) {
        var page = signedIn(look, "vera", scheme, width);
        page.navigate(PAGE);
        var card = page.locator("#size");

        assertThat(card.locator("canvas").isVisible()).isTrue();
        card.getByText("Show as table").click();
        assertThat(card.getByRole(AriaRole.TABLE).innerText()).contains("more space makes no difference");
        assertSound(look, page, "size", scheme, width);
    }

    @Test
    void whatLimitsTheCacheTodayIsHeldAgainstTheKnee() {
        assertThat(unescaped(signedIn("vera").get(PAGE)))
                .contains("href=\"/policies/1\">Policy ci-default v4</a>")
                .containsPattern(
                        "keeps at most 200\\.0 GiB, except records used within 14 d\\.\\s+The hit rate at this size is"
                                + " \\d+ to \\d+%\\. The knee at \\S+ GiB would give \\d+ to \\d+% and cost about")
                .containsPattern("The builder's own garbage collection\\S*\\s+keeps at most 75\\.0 GiB")
                .containsPattern(
                        "keeps at most 200\\.0 GiB, except records used within 14 d, but it is in report mode\\.")
                .contains(
                        "knee: more space has less effect from here",
                        "current usage, outside the chart",
                        "more space makes no difference");
    }

    @Test
    void showsTheLimitsWithoutEnoughData() {
        history.put(BUILDER, new Past(List.of(), Map.of()));

        assertThat(unescaped(signedIn("vera").get(PAGE)))
                .contains("Not enough data yet. No uses of cache records are known.", "Policy ci-default v4</a>")
                .doesNotContain("The hit rate at this size", "data-size-chart");
    }
}
