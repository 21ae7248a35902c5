package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.WebClient;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read about builds and their steps, without a script. */
class BuildPagesTests extends BuildPageStage {

    @Test
    void wordsNarrowTheListAndItsFile() {
        var body = body("/builds?q=SHOP/web+exit&state=FAILED&host=1");

        assertThat(body)
                .contains("shop/web #3")
                .doesNotContain("shop/web #2", "shop/api #")
                .contains("href=\"/api/v1/builds?format=csv&amp;q=SHOP%2Fweb%20exit&amp;state=FAILED&amp;builder=10\"");
        assertThat(body("/builds?q=%25")).contains("No matching builds");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            q=project:shop/web+state:failed+host:1                    ¦ shop/web #3
            q=scenario:first+project:shop/web                         ¦ shop/web #1
            q=state:failed&project=shop/web                           ¦ shop/web #3
            q=duration:%3E30s                                         ¦ shop/web #1
            """)
    void tokensNarrowTheList(String query, String only) {
        var body = body("/builds?" + query);

        assertThat(body.split("data-row href")).hasSize(2);
        assertThat(body).contains(only);
    }

    @Test
    void listShowsItsTimeFilter() {
        var body = body("/builds?project=shop/web&from=2026-03-01T08:30:00Z&until=2026-03-01T09:30:00Z");

        assertThat(body.split("data-row href")).hasSize(2);
        assertThat(unescaped(body))
                .contains("shop/web #2", "Only builds", "that started at or after", "and before")
                .contains("href=\"/builds?project=shop%2Fweb\">All times and branches")
                .contains(
                        "/api/v1/builds?format=csv&project=shop%2Fweb&from=2026-03-01T08%3A30%3A00Z&until=2026-03-01T09%3A30%3A00Z")
                .contains("name=\"from\" value=\"2026-03-01T08:30:00Z\"");
        assertThat(unescaped(body("/builds?branch=nothing"))).contains("No matching builds", "of branch <code>nothing");
        assertThat(body("/builds")).doesNotContain("Only builds");
    }

    @Test
    void theListIsSortedByItsHeads() {
        var longest = unescaped(body("/builds?project=shop/web&sort=-duration"));

        assertThat(numbers(longest)).containsExactly("1", "2", "3", "4");
        assertThat(longest)
                .containsPattern(
                        "aria-sort=\"descending\"><a href=\"/builds\\?sort=duration&project=shop%2Fweb\">Duration")
                .containsOnlyOnce("aria-sort")
                .contains("format=csv&sort=-duration&project=shop%2Fweb")
                .contains("<option value=\"-duration\" selected=\"selected\">Longest first");
        assertThat(numbers(body("/builds?project=shop/web&sort=duration"))).containsExactly("3", "2", "1", "4");
        assertThat(numbers(body("/builds?project=shop/web&sort=hitRate"))).endsWith("4");
        assertThat(numbers(body("/builds?project=shop/web&sort=started"))).containsExactly("1", "2", "3", "4");
        assertThat(unescaped(body("/builds")))
                .containsPattern("aria-sort=\"descending\"><a href=\"/builds\\?sort=started\">Started")
                .contains("href=\"/builds?sort=-duration\">Duration", "href=\"/builds?sort=hitRate\">Hit rate");
    }

    private static List<String> numbers(String body) {
        return Pattern.compile("data-row href=\"/builds/(\\d+)\"")
                .matcher(body)
                .results()
                .map(result -> result.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            /builds?sort=hits                           ¦ must be started, duration or hitRate
            /builds?from=%2B300000-01-01T00:00:00Z      ¦ is not a time in the years 1 to 9999
            /builds?host=one                            ¦ 'one' is not a whole number
            /analytics?split=%2B300000-01-01T00:00:00Z  ¦ is not valid; use a day (2026-11-20)
            /project?name=shop/api&day=0000-01-01       ¦ is not valid; use a day (2026-11-20)
            """)
    void whatIsOutOfRangeIsRefusedInWords(String path, String words) {
        var answer = client.get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(unescaped(answer.body())).contains(words);
    }

    @Test
    void whatIsTypedAndWhatIsChosenMustBothHold() {
        assertThat(body("/builds?q=project:shop/web&project=shop/api")).contains("No matching builds");
    }

    @Test
    void reportsAnInvalidFilter() {
        var answer = client.get("/builds?q=stat:failed");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("value=\"stat:failed\"", "aria-invalid=\"true\"")
                .contains("&#39;stat:&#39; is not a filter. Available filters: project:, branch:, revision:, label:,"
                        + " state:, scenario:,"
                        + " cause:, source:, cached:, duration:, hits:, sent: and host:.")
                .doesNotContain("No matching builds", "No builds yet");
        assertThat(client.get("/builds?q=host:nobody").body()).contains("There is no host &#39;nobody&#39;");
    }

    @Test
    void aBuildThatRunsShowsItsStepsAndIsAskedForAgain() {
        assertThat(body("/builds/4"))
                .contains("data-live=\"\"", "The table shows the steps so far.", "RUN npm run build")
                .doesNotContain("critical path:");
        assertThat(body("/builds/2")).doesNotContain("data-live=\"\"", "The table shows the steps so far.");
    }

    @Test
    void firstMissAppearsOnceAndLinksToItsRun() {
        assertThat(body("/builds/1"))
                .containsOnlyOnce("No comparable earlier build is known.")
                .doesNotContain(">First miss<");
        assertThat(body("/builds/12"))
                .contains(">First miss<", "href=\"/runs/" + FakeRuns.id(RunState.DONE) + "\"")
                .doesNotContain("First miss: ");
    }

    @Test
    void stepsShowTheSizesOfTheirRecords() {
        fleets.holdResults();

        assertThat(body("/builds/2"))
                .contains(
                        "Current record",
                        "href=\"/records/10/bundle\"",
                        "This step created the record.",
                        "48.0 MiB",
                        "shared")
                .contains("href=\"/records/10/files\"", "href=\"/records/10/install\"", "310.0 MiB")
                .contains("The record of the next step depends on this record.", ">Unknown<")
                .doesNotContain("/records/10/files-old");
        assertThat(body("/builds/1"))
                .contains(
                        "The record has the same instruction. It is unknown whether this build created or used it.",
                        "same instruction");
        assertThat(body("/builds/4")).doesNotContain("Current record");
        assertThat(body("/analytics?range=7d"))
                .contains("Current size", "311.0 MiB", ">2 of 3 steps<")
                .contains("Current size: the cache records of these steps");
    }

    @Test
    void showsTheHistoryOfAStep() {
        fleets.holdResults();
        assertThat(body("/builds/2")).contains("href=\"/step?project=shop/web&amp;identity=cbbb1275c50a7c9c\"");
        assertThat(body("/analytics?range=30d"))
                .contains("href=\"/step?project=shop/web&amp;identity=cbbb1275c50a7c9c\"");

        assertThat(body("/step?project=shop/web&identity=cbbb1275c50a7c9c"))
                .contains(
                        "COPY . .",
                        "0 of 2 lookups",
                        "2 runs",
                        "13.0 MiB",
                        "On ci-frankfurt-01. ",
                        "href=\"/builds/2#step-")
                .contains("The latest build that missed this step first:", "RUN npm run build", "Application code");
        assertThat(body("/step?project=shop/web&identity=cbbb1275c50a7c9c&range=24h"))
                .contains("0 of 1 lookup<");
        assertThat(body("/step?project=shop/api&identity=13d0a0e838a842a3"))
                .contains("1 of 9 lookups", " missed, and this step depends on it.", ">Unknown<");
        assertThat(client.get("/step?project=shop/web&identity=nothing").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/step?project=shop/web&identity=nothing").body())
                .contains("Project &#39;shop/web&#39; has no step &#39;nothing&#39;");
    }

    @Test
    void rulesOfAProjectAreSavedRefusedAndTakenAway() {
        assertThat(client.get("/project/rules?name=shop/web").statusCode()).isEqualTo(403);
        var admin = signedIn("ann");
        String form = "/project/rules?name=shop/web";
        assertThat(admin.get(form).body())
                .contains(
                        "This project has no rules yet.",
                        "packs our textures",
                        "Built-in rules",
                        "fetches models or data");

        var refused =
                admin.submit(form, form, "rules", "rules: [{class: NONE, reason: x, run: [y]}]", "action", "save");
        var saved = admin.submit(
                form, form, "rules", "rules: [{class: SETUP, reason: is ours, run: ['npm run']}]", "action", "save");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("&#39;NONE&#39; is not a class", "class: NONE");
        assertThat(saved.statusCode()).isEqualTo(302);
        assertThat(following(admin, saved))
                .contains(
                        "Rules saved. ", "changed class. Cachewarden updates the scenarios of these builds", "is ours");
        assertThat(following(admin, admin.submit(form, form, "rules", "", "action", "remove")))
                .contains("Built-in rules restored.", "This project has no rules yet.");
    }

    private static String following(WebClient client, HttpResponse<String> answer) {
        var place = URI.create(answer.headers().firstValue("Location").orElseThrow());
        return client.get(place.getRawPath() + "?" + place.getRawQuery()).body();
    }

    @Test
    void theListLeadsToTheProject() {
        assertThat(body("/builds")).contains("href=\"/project?name=shop/api\"", "href=\"/project?name=shop/web\"");
        assertThat(body("/builds/2")).contains("href=\"/project?name=shop/web\"");
    }

    @Test
    void hostsShowTheirHitRate() {
        assertThat(body("/"))
                .contains("Hit rate, 7 days", "(11 builds)", "No builds")
                .contains("Time saved, 7 days", "Each median covers the last 5 runs of the step.");
        assertThat(body("/hosts/1"))
                .contains("Recent builds", "hit rate, 7 days:", "11 builds", "href=\"/builds?host=1\"", "shop/api #13");
        assertThat(body("/hosts/2")).doesNotContain("Recent builds");
    }

    @Test
    void onlyAdministratorsDeleteBuilds() {
        assertThat(body("/builds/11")).doesNotContain("/builds/11/delete");
        assertThat(client.get("/builds/11/delete").statusCode()).isEqualTo(403);

        var admin = signedIn("ann");
        assertThat(admin.get("/builds/11").body()).contains("/builds/11/delete");
        assertThat(unescaped(admin.get("/builds/11/delete").body()))
                .contains("Delete build 11 of shop/api?", "docker buildx history rm api", "This cannot be undone.");
        var answer = admin.submit("/builds/11/delete", "/builds/11/delete");

        assertThat(location(answer)).isEqualTo("/builds");
        assertThat(client.get("/builds/11").statusCode()).isEqualTo(404);
        assertThat(admin.get("/audit").body()).contains("Deleted build", "shop/api #11");
        assertThat(admin.get("/audit?kind=build").body())
                .contains("Deleted build")
                .doesNotContain("Signed in");
        assertThat(admin.get("/audit?kind=host").body()).contains("No entry matches this filter.");
        var csv = admin.get("/audit?actor=ann&format=csv");
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(csv.body())
                .startsWith("time,actor,via,address,action,resource,detail")
                .contains(",ann,password,", "build.delete,shop/api #11,")
                .doesNotContain(",vera,");
    }

    /** The builds are of the first host's builder; beyond twenty hosts the overview has cells instead of rows. */
    @Test
    void eachHostOfALargeFleetShowsItsHitRate() {
        assertThat(body("/hosts")).contains("Hit rate, 7 days", "(11 builds)").contains("No builds");

        fleets.many(60);
        assertThat(body("/"))
                .contains("title=\"builder-0001, Healthy,")
                .containsPattern("hit rate \\d+% \\(11 builds\\)");
        assertThat(body("/hosts")).contains("(11 builds)");
        assertThat(body("/hosts?page=2")).contains("Hit rate, 7 days").doesNotContain("(11 builds)");
    }

    @Test
    void runShowsItsEffect() {
        long done = FakeRuns.id(RunState.DONE);
        assertThat(body("/runs/" + done))
                .contains(
                        "Effect after 24 hours",
                        "Unknown until 2026-03-02 11:59 UTC, 24 hours after the end of the run.")
                .contains("In 1 build, the first cache miss was a record that this run deleted.")
                .contains("Run " + done + " deleted the cache record ");

        runs.endedAgo(RunState.DONE, Duration.ofHours(26));
        assertThat(body("/runs/" + done))
                .contains("24 hours before the run", "24 hours after the run")
                .doesNotContain("Unknown until", "Unknown: this host");
        assertThat(body("/runs/" + FakeRuns.id(RunState.RUNNING))).doesNotContain("Effect after");
        assertThat(body("/runs/" + FakeRuns.id(RunState.PARTIAL)))
                .contains("No known build missed a record that this run deleted");
    }
}
