package dev.cachewarden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildView;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Projects, steps, and hit rates of builds over REST. */
class BuildAnalyticsIntegrationTests extends BuildRestStage {

    @Test
    void returnsAProjectWithAnyNameInOneResponse() {
        var project = get(
                "/api/v1/project?name=" + encoded(PROJECT) + "&from=2026-02-20T00:00:00Z&until=2026-03-10T00:00:00Z");

        assertThat(project.path("project").asString()).isEqualTo(PROJECT);
        assertThat(project.path("totals").path("builds").asInt()).isEqualTo(3);
        assertThat(project.path("overTime")).isNotEmpty();
        assertThat(project.path("classes")).isNotEmpty();
        assertThat(project.path("sent")).hasSize(3);
        assertThat(project.path("contextGrowth").isNull()).isTrue();
        assertThat(project.path("scenarios").path("split").isNull()).isTrue();
        var missing = client.get("/api/v1/project?name=nothing");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("Project 'nothing' has no builds.");
        assertThat(client.get("/api/v1/project?name=other&split=tomorrow").body())
                .contains("'tomorrow' is not valid; use a day (2026-11-20), a time");
    }

    @Test
    void returnsTheHistoryOfAStep() {
        long build = get("/api/v1/builds?project=" + encoded(PROJECT))
                .path("items")
                .get(0)
                .path("id")
                .asLong();
        JsonNode missed = null;
        for (var step : get("/api/v1/builds/" + build + "/steps").path("items")) {
            assertThat(step.path("record").isNull()).isTrue();
            boolean ran = step.path("cacheable").asBoolean()
                    && step.path("state").asString().equals("DONE");
            missed = missed == null && ran ? step : missed;
        }
        assertThat(missed).isNotNull();
        String path = "/api/v1/step?project=" + encoded(PROJECT) + "&identity="
                + missed.path("identity").asString();

        var reported = get(path + "&limit=2");
        assertThat(reported.path("hitRate").path("lookups").asInt()).isEqualTo(3);
        assertThat(reported.path("record").isNull()).isTrue();
        assertThat(reported.path("lastMiss").path("buildId").asLong()).isEqualTo(build);
        assertThat(reported.path("lookups").path("items").get(0).path("first").asBoolean())
                .isTrue();
        assertThat(get(path + "&limit=2&after="
                                + reported.path("lookups").path("next").asString())
                        .path("lookups")
                        .path("items"))
                .hasSize(1);
        String builds = path.replace("/step?", "/step/builds?");
        var firstPage = get(builds + "&limit=2");
        assertThat(firstPage.path("items"))
                .hasSize(2)
                .isEqualTo(reported.path("lookups").path("items"));
        assertThat(get(builds + "&after=" + firstPage.path("next").asString()).path("items"))
                .hasSize(1);
        assertThat(client.get(builds + "&format=csv").body())
                .startsWith("buildId,buildState,startedAt,step,state,")
                .hasLineCount(4);
        assertThat(client.get("/api/v1/step/builds?project=other&identity=0123").statusCode())
                .isEqualTo(404);
        var missing = client.get("/api/v1/step?project=other&identity=0123");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).contains("Project 'other' has no step '0123'");
    }

    @Test
    void returnsTheSizeOfEachClassOrNull() {
        assertThat(get("/api/v1/analytics/classes").path("items")).isNotEmpty().allSatisfy(one -> {
            assertThat(one.path("sizeBytes").isNull()).isTrue();
            assertThat(one.path("steps").asInt()).isPositive();
        });
    }

    @Test
    void scenariosAreParted() {
        var parted = get("/api/v1/analytics/scenarios?project=" + encoded(PROJECT) + "&split=build:"
                + newest(PROJECT).id());

        assertThat(parted.path("split").path("what").asString())
                .isEqualTo("build " + newest(PROJECT).id());
        var sides = parted.path("scenarios");
        assertThat(sides).hasSize(3);
        sides.forEach(row -> assertThat(row.path("scenario").asString().equals("CODE_CHANGED"))
                .isEqualTo(row.path("before").isNull()));
        assertThat(client.get("/api/v1/analytics/scenarios?split=policy:1:1").body())
                .contains("policy 1 has no version 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            builds?from=%2B300000-01-01T00:00:00Z                           ¦ from
            builds?until=-0001-01-01T00:00:00Z                              ¦ until
            builds?format=csv&from=%2B10000-01-01T00:00:00Z                 ¦ from
            analytics/over-time?until=%2B300000-01-01T00:00:00Z             ¦ until
            analytics/totals?from=yesterday                                 ¦ from
            analytics/scenarios?split=%2B300000-01-01T00:00:00Z             ¦ split
            analytics/scenarios?split=-0001-01-01T00:00:00Z                 ¦ split
            analytics/scenarios?split=0000-01-01                            ¦ split
            project?name=other&from=-200000-01-01T00:00:00Z                 ¦ from
            """)
    void timesThatAreNoneOrOutOfRangeAreRefusedInWords(String asked, String field) {
        var answer = client.get("/api/v1/" + asked);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        var error = json.readTree(answer.body()).path("errors").get(0);
        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("reason").asString())
                .containsAnyOf(
                        "' is not a time in the years 1 to 9999, such as ", "' is not valid; use a day (2026-11-20)");
    }

    /** The first and the last time that is taken, and what is reckoned from it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "builds?from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z",
                "builds?from=",
                "analytics/over-time?from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z",
                "analytics/over-time?until=0001-01-01T00:00:00Z",
                "project?name=other&until=0001-01-01T00:00:00Z",
                "analytics/scenarios?split=9999-12-31"
            })
    void timesAtTheEdgeAreTaken(String asked) {
        var answer = client.get("/api/v1/" + asked);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void returnsContextGrowthOfABuildAndItsProject() throws IOException {
        for (int i = 0; i < 9; i++) {
            send("28.5/first.rawjson", "grows", null, 10 + i);
        }
        database.jdbc().update("""
                update build set transferred_bytes = case when started_at < ? then 12 else 340 end * 1048576::bigint
                where project = 'grows'""", java.sql.Timestamp.from(BEGIN.plus(Duration.ofHours(16))));

        var build = get("/api/v1/builds/" + newest("grows").id());
        var project = get("/api/v1/project?name=grows&from=2026-02-20T00:00:00Z&until=2026-03-10T00:00:00Z");

        assertThat(build.path("project").asString()).isEqualTo("grows");
        assertThat(build.path("contextGrowth").path("text").asString())
                .startsWith("The median context transfer is 340.0 MiB since build ");
        assertThat(project.path("contextGrowth")).isEqualTo(build.path("contextGrowth"));
        assertThat(get("/api/v1/builds/" + newest("other").id())
                        .path("contextGrowth")
                        .isNull())
                .isTrue();
    }

    @Test
    void sumsByBuilderAndOfCacheTransfersAreThere() throws IOException {
        send("28.5-containerd/cache-imported.plain", "imports", null, 30);

        assertThat(get("/api/v1/analytics/cache-transfers?project=imports")
                        .path("items")
                        .get(0)
                        .path("kind")
                        .asString())
                .isEqualTo("CACHE_IMPORT");
        assertThat(get("/api/v1/analytics/builders").path("items")).isEmpty();
        assertThat(client.get("/api/v1/runs/1/effect").body()).contains("There is no run 1.");
        assertThat(client.get("/api/v1/analytics/builders?host=1").body()).contains("is not a parameter");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', nullValues = "null", textBlock = """
            class   ¦ 4 ¦ SETUP ¦ null
            project ¦ 2 ¦ https://git.example/shop/web?x=1&y#z ¦ null
            branch  ¦ 2 ¦ main ¦ null
            builder ¦ 1 ¦ null ¦ null
            step    ¦ 20 ¦ RUN echo "building none" && sleep 1 && head -c 100000 /dev/urandom > app.bin && ls ¦ https://git.example/shop/web?x=1&y#z
            """)
    void ratesAreHadByWhatIsAsked(String by, int groups, @Nullable String first, @Nullable String project) {
        var all = get("/api/v1/analytics/rates?limit=1&by=" + by);

        assertThat(all.path("by").asString()).isEqualTo(by);
        assertThat(all.path("groups").asInt()).isEqualTo(groups);
        assertThat(all.path("items")).hasSize(1);
        var rate = all.path("items").get(0);
        var reported = by.equals("step") ? rate.path("text") : rate.path("key");
        assertThat(reported.isNull() ? null : reported.asString()).isEqualTo(first);
        assertThat(rate.path("project").isNull() ? null : rate.path("project").asString())
                .isEqualTo(project);
        var lines = get(
                "/api/v1/analytics/rates/over-time?from=2026-03-01T00:00:00Z&until=2026-03-02T00:00:00Z&points=24&lines=2&by="
                        + by);
        assertThat(lines.path("lines").get(0).path("group")).isEqualTo(rate);
        assertThat(lines.path("lines").get(0).path("points")).isNotEmpty();
        assertThat(lines.path("groups").asInt()).isEqualTo(groups);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            rates?by=host                   ¦ 'host' is not valid; use one of class, step, project, builder, branch
            rates                           ¦ is missing from the query
            rates?by=class&limit=1001       ¦ must be from 1 to 1000, not 1001
            rates/over-time?by=x            ¦ 'x' is not valid; use one of class
            rates/over-time?by=class&lines=0 ¦ must be from 1 to 20, not 0
            rates/over-time?by=class&points=0 ¦ must be from 1 to 2000, not 0
            """)
    void ratesThatThereAreNotAreRefused(String asked, String reason) {
        var answer = client.get("/api/v1/analytics/" + asked);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(reason);
    }

    @Test
    void kindsOfWorkHaveSharesOfAll() {
        var work = get("/api/v1/analytics/work");

        assertThat(work.path("builds").asInt()).isEqualTo(4);
        double summed = 0;
        for (var kind : work.path("kinds")) {
            summed += kind.path("summedShare").asDouble();
            assertThat(kind.path("wallShare").asDouble()).isBetween(0.0, 1.0);
        }
        assertThat(summed).isCloseTo(1, within(0.001));
        assertThat(work.path("idleShare").asDouble()).isBetween(0.0, 1.0);
        assertThat(get("/api/v1/analytics/work?project=nothing").path("kinds")).isEmpty();
    }

    private BuildView newest(String project) {
        return builds.list(BuildFilter.ofProject(project), null, 1).items().getFirst();
    }
}
