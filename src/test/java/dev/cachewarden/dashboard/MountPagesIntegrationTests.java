package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Cache mounts, on their page and over REST. */
class MountPagesIntegrationTests extends PageStage {

    private static final Pattern PLAN = Pattern.compile("href=\"(/plans/new\\?[^\"]*)\"");
    private static final Pattern HOSTS =
            Pattern.compile("href=\"(/mounts/hosts\\?[^\"]*)\"[^>]*>Show all (\\d+) hosts<");
    private static final Pattern RECORDS = Pattern.compile("href=\"(/records\\?q=[^\"]*)\"");

    @Autowired
    FakeHistory history;

    @Autowired
    ApplicationEventPublisher events;

    @Test
    void pageShowsMountsAndTheirPins() {
        var body = unescaped(viewer().get("/mounts"));

        assertThat(body)
                .contains(">/root/.m2</a>", ">pip</a>", "/home/jenkins/.cache/pip, /root/.cache/pip")
                .contains("Pinned", "Pin mountTarget==/root/.m2", "ci-default", "watch-only")
                .contains("of mounts whose descriptions contain no target")
                .contains("Hosts without a snapshot:", "new-host");
    }

    @Test
    void whatIsKeptInMemoryIsWhatTheStoreHas() {
        var client = viewer();
        var paths = List.of("/api/v1/mounts", "/api/v1/mounts?q=m2+ci", "/api/v1/mounts?format=csv");
        var stored = paths.stream().map(path -> client.get(path).body()).toList();

        history.latest().keySet().forEach(builder -> events.publishEvent(history.read(builder)));

        assertThat(paths.stream().map(path -> client.get(path).body()).toList()).isEqualTo(stored);
        policies.clear();
        assertThat(client.get("/api/v1/mounts").body())
                .as("pins are not kept")
                .contains("/root/.m2")
                .doesNotContain("mountTarget==");
    }

    @Test
    void mountOnManyHostsIsPaged() {
        fleets.many(240);
        history.latest().keySet().forEach(builder -> events.publishEvent(history.read(builder)));
        var client = viewer();
        var page = client.get("/mounts");
        assertThat(page.body().length()).isLessThan(150_000);
        var link = HOSTS.matcher(page.body());
        assertThat(link.find()).isTrue();
        int hosts = Integer.parseInt(link.group(2));
        assertThat(hosts).isGreaterThan(200);

        var first = client.get(HtmlUtils.htmlUnescape(link.group(1)));
        var last = client.get(HtmlUtils.htmlUnescape(link.group(1)) + "&page=99");
        assertThat(rows(first)).isEqualTo(100);
        assertThat(rows(last)).isEqualTo(hosts % 100);
        assertThat(first.body()).contains("Page 1 of " + (hosts + 99) / 100).doesNotContain("Previous");
        assertThat(last.body()).contains("Previous").doesNotContain(">Next<");
    }

    private static long rows(HttpResponse<String> page) {
        return PLAN.matcher(page.body()).results().count();
    }

    @Test
    void unknownMountShowsAnEmptyState() {
        assertThat(viewer().get("/mounts/hosts?id=/nowhere").body())
                .contains("No host has this cache mount", "Show all cache mounts");
    }

    @Test
    void csvHasALineForEachMountOnEachHost() {
        var client = viewer();
        var lines = client.get("/api/v1/mounts?format=csv&q=.m2").body().lines().toList();
        var hosts = json(client.get("/api/v1/mounts?q=.m2"))
                .path("items")
                .get(0)
                .path("hosts")
                .path("items");

        assertThat(lines.getFirst())
                .isEqualTo("mount,targets,host,builderId,records,sizeBytes,usageCount,lastUsedAt,pinnedBytes,takenAt");
        assertThat(lines).hasSize(1 + hosts.size());
        assertThat(lines.get(1))
                .startsWith("/root/.m2,/root/.m2," + hosts.get(0).path("host").asString() + ",");
    }

    @Test
    void onlyPinsOfPoliciesThatAreThereCount() {
        policies.clear();

        assertThat(viewer().get("/mounts").body()).contains(">/root/.m2</a>").doesNotContain("Pinned");
    }

    @Test
    void everyLinkToRecordsFindsSome() {
        var client = viewer();
        var links = RECORDS.matcher(client.get("/mounts").body())
                .results()
                .map(link -> HtmlUtils.htmlUnescape(link.group(1)))
                .distinct()
                .toList();

        assertThat(links)
                .hasSizeGreaterThan(6)
                .allSatisfy(link -> assertThat(client.get(link).body())
                        .contains("exec.cachemount")
                        .doesNotContain("No matching records"));
    }

    @Test
    void aClickFillsThePlanFormForOneMountOnOneHost() {
        var client = viewer();
        var plan = PLAN.matcher(client.get("/mounts?q=m2").body());
        assertThat(plan.find()).isTrue();

        var form = unescaped(client.get(HtmlUtils.htmlUnescape(plan.group(1))));

        assertThat(form).contains(">mountId==/root/.m2</textarea>").containsPattern("value=\"\\d+\" selected");
        assertThat(form).containsPattern("value=\"exec.cachemount\"[^>]*checked");
        assertThat(form).doesNotContainPattern("value=\"regular\"[^>]*checked").doesNotContain("value=\"14d\"");
    }

    @Test
    void anIdTooLongForAFilterIsRefusedOnlyWhenItIsPlanned() {
        assertThat(viewer().get("/plans/new?host=1&mount=" + "x".repeat(1_100)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void emptyListsShowANextStep() {
        assertThat(viewer().get("/mounts?q=nothing-like-it").body())
                .contains("No matching cache mounts", "Clear filter");
        fleets.clear();
        assertThat(unescaped(viewer().get("/mounts"))).contains("No cache mounts yet", "RUN --mount=type=cache");
    }

    @Test
    void restGivesTheWholeListInPartsTheLargestFirst() {
        var client = viewer();
        var whole = json(client.get("/api/v1/mounts"));
        var parts = new ArrayList<JsonNode>();
        String after = "";
        do {
            var part = json(client.get("/api/v1/mounts?limit=1&after=" + encoded(after)));
            assertThat(part.path("items").size()).isEqualTo(1);
            parts.add(part.path("items").get(0));
            after = part.path("next").asString("");
        } while (!after.isEmpty());

        assertThat(parts).hasSize(3).containsExactlyElementsOf(whole.path("items"));
        assertThat(parts)
                .extracting(mount -> mount.path("sizeBytes").asLong())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(whole.path("unnamed").path("records").asLong()).isPositive();
        assertThat(whole.path("unreadHosts").toString()).isEqualTo("[\"new-host\"]");
    }

    @Test
    void restGivesTheHostsOfAMountInParts() {
        var client = viewer();
        var whole = json(client.get("/api/v1/mounts/hosts?id=/root/.m2")).path("items");
        var parts = new ArrayList<JsonNode>();
        String after = "";
        do {
            var part = json(client.get("/api/v1/mounts/hosts?id=/root/.m2&limit=1&after=" + encoded(after)));
            assertThat(part.path("items").size()).isEqualTo(1);
            parts.add(part.path("items").get(0));
            after = part.path("next").asString("");
        } while (!after.isEmpty());

        assertThat(parts).hasSizeGreaterThan(2).containsExactlyElementsOf(whole);
        assertThat(json(client.get("/api/v1/mounts?q=.m2"))
                        .path("items")
                        .get(0)
                        .path("hosts")
                        .path("items"))
                .isEqualTo(whole);
        assertThat(client.get("/api/v1/mounts/hosts?id=/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void restReturnsTheTotalOfAllHostsAndThePins() {
        var mount = json(viewer().get("/api/v1/mounts?q=.m2")).path("items").get(0);
        var hosts = mount.path("hosts").path("items").valueStream().toList();

        assertThat(mount.path("hostCount").asInt()).isEqualTo(hosts.size());
        assertThat(mount.path("id").asString()).isEqualTo("/root/.m2");
        assertThat(mount.path("sizeBytes").asLong())
                .isPositive()
                .isEqualTo(hosts.stream()
                        .mapToLong(host -> host.path("sizeBytes").asLong())
                        .sum());
        assertThat(hosts)
                .hasSizeGreaterThan(2)
                .allSatisfy(host -> assertThat(host.path("pins").toString())
                        .contains("\"policy\":\"watch-only\",\"filter\":\"mountTarget==/root/.m2\""));
        // Its scope is env=ci.
        assertThat(hosts)
                .filteredOn(host -> host.path("host").asString().equals("desk-anna"))
                .singleElement()
                .satisfies(host -> assertThat(host.path("pins").size()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=1001, limit", "after=bm90LW91cnM, after"})
    void restRejectsInvalidParameters(String query, String field) {
        var answer = viewer().get("/api/v1/mounts?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("errors").get(0).path("field").asString()).isEqualTo(field);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return new JsonMapper().readTree(answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private WebClient viewer() {
        return signedIn("vera");
    }
}
