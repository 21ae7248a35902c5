package dev.cachewarden.run.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policies over REST. */
class PolicyRestTests extends PruneRestStage {

    private static final String NIGHTLY = """
            {"name": "nightly", "mode": "ENFORCE", "scope": {"env": "ci"}, "cron": "30 3 * * *", "timeZone": "Europe/Berlin",
             "rules": [{"unusedFor": "7d", "reservedSpace": 0}], "limitPerRun": {"maxBytes": "20GB", "maxShare": 90}}""";

    @Test
    void keepPolicies() {
        var created = post("/api/v1/policies", NIGHTLY);

        assertThat(created).hasStatus(201).hasHeader("Location", "/api/v1/policies/1");
        assertThat(created).bodyJson().isLenientlyEqualTo("""
                {"id": 1, "name": "nightly", "mode": "ENFORCE", "enabled": true, "scope": "env=ci", "priority": 0, "version": 1,
                 "rules": [{"types": [], "unusedFor": "PT168H", "maxUsedSpace": null, "reservedSpace": 0}],
                 "cron": "30 3 * * *", "timeZone": "Europe/Berlin", "limitPerRun": {"maxBytes": 20000000000, "maxShare": 90},
                 "guards": {"waitForBuilds": null, "stopAfterFailures": null, "batchSize": null, "pauseBetweenBatches": null},
                 "nextStartAt": "2026-09-02T01:30:00Z", "warnings": []}""");
        assertThat(get("/api/v1/policies"))
                .bodyJson()
                .extractingPath("$.items[0].name")
                .isEqualTo("nightly");

        assertThat(http.delete().uri("/api/v1/policies/1").exchange()).hasStatus(204);
        assertThat(get("/api/v1/policies/1")).hasStatus(404);
        assertDetail(get("/api/v1/policies/1"), "There is no policy 1.");
    }

    @Test
    void takeAnAnswerBackAsAChange() throws Exception {
        post("/api/v1/policies", NIGHTLY);
        String answer = get("/api/v1/policies/1").getResponse().getContentAsString();

        var changed = put("/api/v1/policies/1", answer.replace("nightly", "weekly"));

        assertThat(changed).hasStatus(200);
        assertThat(changed).bodyJson().extractingPath("$.version").isEqualTo(2);
        assertThat(changed).bodyJson().extractingPath("$.name").isEqualTo("weekly");
        assertThat(put("/api/v1/policies/1", answer)).hasStatus(409);
    }

    @Test
    void makeNoVersionIfNothingChanges() throws Exception {
        post("/api/v1/policies", """
                {"name": "full", "scope": "env=ci,team!=ml", "priority": 7, "afterBuilds": true, "window": "22:00-06:00",
                 "watermark": {"start": "80GB", "stop": "15%"}, "limitPerRun": {"maxShare": 20, "maxBytes": "5g"},
                 "pins": ["mountTarget==/root/.m2"], "approveAbove": "1GiB", "cron": "30 3 * * *", "timeZone": "Europe/Berlin",
                 "guards": {"waitForBuilds": "10m", "batchSize": 20, "pauseBetweenBatches": "PT0.5S"},
                 "rules": [{"unusedFor": "7d", "types": ["regular", "source.local"], "filters": ["description~=npm (ci|i)"],
                   "maxUsedSpace": "10GB", "reservedSpace": "5%", "measure": "WHOLE_CACHE", "includeShared": true}]}""");
        String answer = get("/api/v1/policies/1").getResponse().getContentAsString();

        assertThat(put("/api/v1/policies/1", answer))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(1);
        assertThat(get("/api/v1/policies/1/versions"))
                .bodyJson()
                .extractingPath("$.items[*].version")
                .isEqualTo(List.of(1));
        assertThat(get("/api/v1/policies/1").getResponse().getContentAsString()).isEqualTo(answer);
        assertThat(put("/api/v1/policies/1", answer.replace("\"version\":1", "\"version\":7")))
                .hasStatus(409);
        assertThat(put("/api/v1/policies/1", answer.replace("\"priority\":7", "\"priority\":8")))
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(2);
    }

    @Test
    void keepPinsOfTheFleet() {
        assertThat(post("/api/v1/pins", "{\"filter\": \"id=leaf\", \"note\": \"slow\"}"))
                .hasStatus(201)
                .hasHeader("Location", "/api/v1/pins/1")
                .bodyJson()
                .isLenientlyEqualTo(
                        "{\"id\": 1, \"filter\": \"id==leaf\", \"note\": \"slow\", \"createdBy\": \"ada\"}");
        assertThat(post("/api/v1/plans", "{\"template\": \"everything\", \"hostId\": 1}"))
                .bodyJson()
                .extractingPath("$.keptByReason.PINNED.records")
                .isEqualTo(1);
        assertThat(post("/api/v1/policies/preview", NIGHTLY.replace("{\"env\": \"ci\"}", "\"\"")))
                .bodyJson()
                .extractingPath("$.keptByReason.PINNED.records")
                .isEqualTo(1);
        assertThat(post("/api/v1/pins", "{\"filter\": \"label==x\"}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("filter");
        assertThat(get("/api/v1/pins"))
                .bodyJson()
                .extractingPath("$.items[*].filter")
                .isEqualTo(List.of("id==leaf"));

        assertThat(get("/api/v1/pins/1"))
                .bodyJson()
                .isLenientlyEqualTo("{\"id\": 1, \"filter\": \"id==leaf\", \"note\": \"slow\"}");

        assertThat(http.delete().uri("/api/v1/pins/1").exchange()).hasStatus(204);
        assertThat(get("/api/v1/pins/1")).hasStatus(404);
        assertDetail(http.delete().uri("/api/v1/pins/1").principal(() -> "ada").exchange(), "There is no pin 1.");
    }

    @Test
    void takeScopesAsTextWithPriorityAndTriggersAndGiveThemBack() throws Exception {
        var created = post("/api/v1/policies", """
                {"name": "full", "scope": "env=ci,team!=ml,!old", "priority": 7, "afterBuilds": true, "window": "22:00-06:00",
                 "watermark": {"start": "80GB", "stop": "15%"}, "rules": [{"unusedFor": "7d"}], "limitPerRun": {"maxShare": 20}}""");

        assertThat(created).hasStatus(201).bodyJson().isLenientlyEqualTo("""
                {"scope": "env=ci,team!=ml,!old", "priority": 7, "afterBuilds": true, "window": "22:00-06:00",
                 "watermark": {"of": "CACHE", "start": 80000000000, "stop": "15%"}}""");
        assertThat(put(
                        "/api/v1/policies/1",
                        get("/api/v1/policies/1").getResponse().getContentAsString()))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"scope": "env=ci,team!=ml,!old", "priority": 7, "watermark": {"start": 80000000000, "stop": "15%"}}""");
        assertThat(post("/api/v1/policies", "{\"name\": \"x\", \"scope\": [1]}"))
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .isEqualTo("must be a string such as \"env=ci,team!=ml\" or an object of labels");
    }

    @Test
    void takeGuardsGiveThemBackAndHandThemToPlans() throws Exception {
        String guards = """
                {"guards": {"waitForBuilds": "PT10M", "stopAfterFailures": 3, "batchSize": 200, "pauseBetweenBatches": "PT0.5S"}}""";
        var created = post("/api/v1/policies", NIGHTLY.replace("\"rules\"", """
                "guards": {"waitForBuilds": "10m", "stopAfterFailures": 3, "batchSize": 200, "pauseBetweenBatches": "PT0.5S"}, "rules\""""));

        assertThat(created).hasStatus(201).bodyJson().isLenientlyEqualTo(guards);
        var changed = put(
                "/api/v1/policies/1",
                get("/api/v1/policies/1").getResponse().getContentAsString().replace("nightly", "weekly"));
        assertThat(changed).hasStatus(200).bodyJson().isLenientlyEqualTo(guards);
        assertThat(post("/api/v1/policies/1/plan", "")).hasStatus(200);
        assertThat(get("/api/v1/plans/1")).bodyJson().isLenientlyEqualTo(guards);
        assertThat(get("/api/v1/policies/1/export?format=yaml"))
                .bodyJson()
                .extractingPath("$.content")
                .asString()
                .contains("waitForBuilds: PT10M");
    }

    @Test
    void namesTheInvalidGuard() {
        assertThat(post("/api/v1/policies", NIGHTLY.replace("\"rules\"", "\"guards\": {\"batchSize\": 0}, \"rules\"")))
                .hasStatus(400)
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"errors": [{"field": "guards.batchSize",
                          "reason": "'0' is not a valid batch size; use a whole number from 1 to 10000"}]}""");
    }

    @Test
    void keepVersionsAndRestoreOne() {
        post("/api/v1/policies", NIGHTLY);
        put("/api/v1/policies/1", NIGHTLY.replace("nightly", "weekly"));

        assertThat(get("/api/v1/policies/1/versions"))
                .bodyJson()
                .extractingPath("$.items[*].policy.name")
                .isEqualTo(List.of("weekly", "nightly"));
        assertThat(get("/api/v1/policies/1/versions/1")).bodyJson().isLenientlyEqualTo("""
                {"version": 1, "savedBy": "ada", "savedAt": "2026-09-01T12:00:00Z", "policy": {"scope": "env=ci"}}""");
        assertThat(post("/api/v1/policies/1/versions/1/restore", ""))
                .bodyJson()
                .isLenientlyEqualTo("{\"version\": 3, \"name\": \"nightly\"}");
        assertDetail(get("/api/v1/policies/1/versions/9"), "Policy 1 has no version 9.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    unused-24h            | 3
                    unused-168h           | 2
                    keep-10gb             | 0
                    unused-168h-keep-10gb | 0
                    everything            | 3
                    docker-defaults       | 0
                    cautious-ci           | 0
                    """)
    void planByATemplateInOneCall(String template, int records) {
        assertThat(post("/api/v1/plans", "{\"template\": \"" + template + "\", \"hostId\": 1}"))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.planned.records")
                .isEqualTo(records);
    }

    @Test
    void planOneRecordByATemplate() {
        assertThat(post("/api/v1/plans", "{\"template\": \"record\", \"recordId\": \"leaf\", \"hostId\": 1}"))
                .bodyJson()
                .isLenientlyEqualTo("{\"planned\": {\"records\": 1, \"bytes\": 2000000}}");
        assertThat(post("/api/v1/plans", "{\"template\": \"record\", \"recordId\": \"root\", \"hostId\": 1}"))
                .bodyJson()
                .extractingPath("$.keptByReason.HELD_BY_CHILD.records")
                .isEqualTo(1);
        assertThat(post("/api/v1/plans", "{\"template\": \"all\", \"hostId\": 1}"))
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .asString()
                .startsWith("'all' is not a template; use unused-24h, ");
        assertThat(get("/api/v1/policy-templates"))
                .bodyJson()
                .extractingPath("$.items[0].policy.rules[0].unusedFor")
                .isEqualTo("PT24H");
    }

    @Test
    void previewWithoutStoringAnything() {
        post("/api/v1/policies", NIGHTLY);

        assertThat(post("/api/v1/policies/preview?compareWith=1", NIGHTLY.replace("7d", "12h")))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"planned": {"records": 2, "bytes": 5000000}, "byRule": {"1": {"records": 2}}, "activeVersion": 1,
                         "active": {"bytes": 5000000}, "changeBytes": 0, "hosts": [{"hostName": "host-1"}], "unknown": []}""");
        assertThat(get("/api/v1/plans/1")).hasStatus(404);
    }

    @Test
    void exportAPolicy() {
        post("/api/v1/policies", NIGHTLY);

        assertThat(get("/api/v1/policies/1/export?format=buildkitd.toml"))
                .bodyJson()
                .extractingPath("$.content")
                .asString()
                .contains("keepDuration = \"168h\"");
        assertThat(get("/api/v1/policies/1/export?format=xml")).hasStatus(400);
    }

    @Test
    void planAndRunAPolicy() {
        post("/api/v1/policies", NIGHTLY);

        assertThat(post("/api/v1/policies/1/plan", "")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"hostName": "host-1", "plan": {"planned": {"records": 2, "bytes": 5000000},
                  "policy": {"id": 1, "name": "nightly", "version": 1}}, "run": null, "reason": null}]}""");
        var run = post("/api/v1/policies/1/run?countdown=PT0S", "");
        assertThat(run).hasStatus(202).hasHeader("Location", "/api/v1/runs?policy=1");
        assertThat(run)
                .bodyJson()
                .extractingPath("$.items[0].run.planned.records")
                .isEqualTo(2);
        assertThat(get("/api/v1/runs/1?wait=PT30S"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("DONE");
    }

    @Test
    void keepADraftBesideAPolicyAndActivateIt() throws Exception {
        post("/api/v1/policies", NIGHTLY);
        assertDetail(get("/api/v1/policies/1/draft"), "There is no draft of policy 1.");

        var saved = put("/api/v1/policies/1/draft", NIGHTLY.replace("7d", "3d"));
        assertThat(saved).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"version": 1, "savedBy": "ada", "name": "nightly", "rules": [{"unusedFor": "PT72H"}]}""");
        assertThat(get("/api/v1/policies/1"))
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(1);
        assertThat(put("/api/v1/policies/1/draft", NIGHTLY)).hasStatus(409);
        String savedAt = JsonPath.read(saved.getResponse().getContentAsString(), "$.savedAt");
        String draft = get("/api/v1/policies/1/draft").getResponse().getContentAsString();
        var same = put("/api/v1/policies/1/draft?replaces=" + savedAt, draft);
        assertThat(same).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"version": 1, "rules": [{"unusedFor": "PT72H"}]}""");
        savedAt = JsonPath.read(same.getResponse().getContentAsString(), "$.savedAt");
        assertThat(put("/api/v1/policies/1/draft?replaces=" + savedAt, NIGHTLY.replace("7d", "2d")))
                .hasStatus(200);

        assertThat(post("/api/v1/policies/1/draft/plan?host=1", ""))
                .hasStatus(200)
                .bodyJson()
                .isLenientlyEqualTo("""
                {"hostName": "host-1", "plan": {"policy": {"id": 1, "name": "nightly", "draft": true}, "planned": {"records": 2}}}""");
        assertDetail(
                post("/api/v1/policies/1/draft/activate?seen=2026-08-31T12:00:00Z", ""),
                "A newer draft was saved by ada. Nothing was activated. Review that draft first.");
        assertThat(post("/api/v1/policies/1/draft/activate", ""))
                .hasStatus(200)
                .bodyJson()
                .extractingPath("$.version")
                .isEqualTo(2);
        assertThat(get("/api/v1/policies/1/draft")).hasStatus(404);
    }

    @Test
    void discardADraft() {
        post("/api/v1/policies", NIGHTLY);
        put("/api/v1/policies/1/draft", NIGHTLY.replace("7d", "3d"));

        assertThat(http.delete().uri("/api/v1/policies/1/draft").principal(ADA).exchange())
                .hasStatus(204);
        assertThat(get("/api/v1/policies/1/draft")).hasStatus(404);
    }

    @Test
    void planAPolicyForOneHost() {
        post("/api/v1/policies", NIGHTLY);
        fleet.addStored(database, 2, "engine-2").labels = Map.of("env", "lab");

        assertThat(post("/api/v1/policies/1/plan?host=1", "")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"hostName": "host-1", "plan": {"policy": {"version": 1}}}]}""");
        assertThat(post("/api/v1/policies/1/plan?host=2", ""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].reason")
                .isEqualTo("host-2 is not in the scope of nightly");
    }
}
