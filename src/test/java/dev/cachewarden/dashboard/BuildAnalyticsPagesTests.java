package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people read about sums over builds, of all and of one project, without a script. */
class BuildAnalyticsPagesTests extends BuildPageStage {

    @Test
    void projectShowsContextGrowthAndMisses() {
        assertThat(body("/project?name=shop/api"))
                .contains("The build context grew.")
                .contains("The median context transfer is 340.0 MiB since build 11 on 2026-02-28 (3 builds), up from"
                        + " 12.0 MiB (6 builds).")
                .contains("RUN go mod download -x", "Cache import and export", "6 of 9")
                .contains("To compare builds before and after an event, select");
        assertThat(body("/builds/11")).contains("shop/api").doesNotContain("The build context grew.");
        assertThat(body("/builds/13")).contains("The build context grew.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            split=dockerfile   ¦ Before and after the first Dockerfile change in this time range, in build 10.
            split=build:10     ¦ Before and after build 10, which changed the Dockerfile.
            split=policy:1:4   ¦ Before and after policy ci-default v4 (active since
            day=2026-02-28     ¦ Before and after 2026-02-28 (UTC).
            """)
    void scenariosArePartedByWhatIsChosen(String chosen, String words) {
        assertThat(body("/project?name=shop/api&" + chosen)).contains(words);
        assertThat(body("/analytics?range=30d&project=shop/api&" + chosen)).contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            /analytics?range=7d                             ¦ Language packages  ¦ 69%
            /analytics?range=7d&by=step                     ¦ RUN go mod download ¦ shop/api: RUN go mod download…
            /analytics?range=7d&by=project                  ¦ shop/api ¦ /builds?project=shop%2Fapi&state=DONE&from=2026-02-22T12%3A00%3A00Z
            /analytics?range=7d&by=builder                  ¦ ci-frankfurt-01 ¦ /builds?state=DONE&from=2026-02-22T12%3A00%3A00Z&host=1
            /analytics?range=7d&by=branch                   ¦ Unknown branch ¦ /api/v1/analytics/rates?from=2026-02-22T12%3A00%3A00Z&by=branch
            /project?name=shop/api&range=7d&by=step         ¦ RUN go mod download ¦ href="/project?name=shop%2Fapi&range=7d&by=branch#rates"
            /project?name=shop/api&range=7d&split=build:10  ¦ Language packages ¦ href="/project?name=shop%2Fapi&range=7d&split=build%3A10&by=step#rates"
            """)
    void hitRatesAreGroupedByTheQuery(String path, String row, String also) {
        assertThat(unescaped(body(path))).contains(row, also, "Miss cost");
    }

    /** Plain logs without timestamps give builds like these. */
    @Test
    void unknownDurationsAreNeverZero() {
        database.jdbc().update("update build set duration_millis = null, saved_millis = null");
        database.jdbc().update("update build_time_sums set wall_micros = 0, idle_micros = 0");
        database.jdbc().update("update build_work_sums set lasted_micros = 0");
        database.jdbc().update("update build_class_sums set missed_micros = 0");

        for (String path : List.of("/analytics?range=7d", "/project?name=shop/api&range=7d")) {
            assertThat(unescaped(body(path)))
                    .contains("Durations are unknown: the logs of these builds contain no start and end times.")
                    .contains("without step times count only towards the accumulated time.")
                    .contains("data-label=\"Real time\">Unknown<")
                    .contains("data-label=\"Miss cost\">Unknown<")
                    .doesNotContain(">0 s<", "took 0 s", ">0 s (", "Line chart of build durations");
        }
        assertThat(body("/")).contains("href=\"/analytics\">Unknown<");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            /analytics?by=host                 ¦ 'host' is not valid; use one of class, step, project, builder, branch
            /project?name=shop/api&by=project  ¦ 'project' is not valid; use one of class, step, builder, branch
            """)
    void rejectsAnInvalidHitRateGroup(String path, String words) {
        assertThat(unescaped(client.get(path).body())).contains(words);
    }

    /** As a form sends them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/analytics?range=&project=&host=&branch=&split=&day=&by=",
                "/project?name=shop/api&range=&split=&day=&by=",
                "/builds?q=&project=&host=&branch=&state=&scenario=&from=&until="
            })
    void whatIsLeftBlankDoesNotMatter(String path) {
        assertThat(body(path)).contains("shop/api");
    }

    @Test
    void buildsThatAllFailedHaveNoRates() {
        assertThat(body("/analytics?range=24h&project=shop/web&branch=broken"))
                .contains("No builds in this time range");
        database.jdbc().update("update build set branch = 'broken' where id = 3");
        try {
            assertThat(body("/analytics?range=24h&project=shop/web&branch=broken"))
                    .contains("No successful build in this time range had cache lookups.", "1 failed or canceled")
                    .doesNotContain("Build timing");
            // A prune may be why.
            assertThat(body("/analytics?range=7d&project=shop/web&branch=broken"))
                    .contains("href=\"/runs/817\"");
        } finally {
            database.jdbc().update("update build set branch = null where id = 3");
        }
    }

    @Test
    void figuresLeadToTheBuildsTheyAreOf() {
        var body = unescaped(body("/analytics?range=7d&project=shop/web&host=1"));
        String filter = "&from=2026-02-22T12%3A00%3A00Z&host=1";
        String failed = "/builds?q=state%3Afailed%20state%3Acanceled&project=shop%2Fweb" + filter;

        assertThat(body)
                .contains(failed, "/builds?project=shop%2Fweb&state=DONE" + filter)
                .contains("/builds?project=shop%2Fweb&state=DONE&scenario=FIRST" + filter)
                .contains("/api/v1/analytics/over-time?project=shop%2Fweb&from=2026-02-22T12%3A00%3A00Z&builder=10");
        assertThat(body(failed).split("data-row href")).hasSize(2);
        assertThat(body(failed)).contains("shop/web #3");
        var span = Pattern.compile("/builds\\?q=[^\"]*&until=[^\"]*").matcher(body);
        assertThat(span.find()).isTrue();
        assertThat(body(span.group()).split("data-row href")).hasSize(2);
    }

    /** Ten and one, and the list behind them is of both. */
    @Test
    void groupsHostsOnTheSameEngine() {
        database.jdbc()
                .update("insert into builder (id, host_id, name, driver, created_at)"
                        + " overriding system value values (20, 10, 'other', 'docker', now())");
        fleets.sameEngine(1, 2);
        database.jdbc().update("update build set builder_id = 20 where id = 1");
        try {
            assertThat(unescaped(body("/analytics?range=7d")))
                    .containsPattern(
                            "ci-frankfurt-01</a>, <a href=\"/hosts/2\">ci-frankfurt-02</a>[^%]*state=DONE[^>]*>11</a>");
            assertThat(body("/analytics?range=7d&by=builder"))
                    .contains("ci-frankfurt-02", "only builds reported by this host; its engine has other hosts");
        } finally {
            database.jdbc().update("update build set builder_id = 10 where id = 1");
            database.jdbc().update("delete from builder where id = 20");
            fleets.six();
        }
    }

    @Test
    void prunesAndPolicyChangesAreMarkedAndListed() {
        var body = unescaped(body("/analytics?range=7d"));

        assertThat(body)
                .contains("\"marks\":[{")
                .contains("href=\"/runs/817\">Run 817", "of policy ci-default v4 deleted 32.2 GiB from ci-frankfurt-01")
                .contains("href=\"/policies/1/versions/4\">Policy ci-default v4", "was saved by ada");
        // Of a host that no enforcing policy covers and no run pruned.
        assertThat(unescaped(body("/analytics?range=7d&host=5"))).doesNotContain("Run 817", "/policies/1/versions/");
        // No builder has a build of such a project, so nothing can have changed it.
        assertThat(unescaped(body("/analytics?range=7d&project=nothing"))).doesNotContain("Run 817");
        assertThat(unescaped(body("/project?name=shop/api&range=7d"))).contains("Run 817");
    }

    @Test
    void branchesThatThereAreAreOffered() {
        database.jdbc().update("update build set branch = 'feature/<b>' where id = 2");
        try {
            var body = body("/analytics?range=7d&by=branch&branch=feature/%3Cb%3E");
            assertThat(body)
                    .contains("<option value=\"feature/&lt;b&gt;\">", "value=\"feature/&lt;b&gt;\" placeholder")
                    .contains("branch=feature%2F%3Cb%3E")
                    .doesNotContain("<b>");
        } finally {
            database.jdbc().update("update build set branch = null where id = 2");
        }
    }

    @Test
    void whatPartsNothingIsRefusedInWords() {
        assertThat(client.get("/analytics?split=dockerfile").body()).contains("requires a project");
        assertThat(client.get("/project?name=nothing").statusCode()).isEqualTo(404);
        assertThat(client.get("/project?name=nothing").body()).contains("Project &#39;nothing&#39; has no builds.");
    }
}
