package dev.cachewarden.run.web;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.AnalyticsParts;
import dev.cachewarden.analytics.PruneEffects;
import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.history.BuildRhythms;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.CallerAccounts;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Plans and runs over REST. */
class PruneRestTests extends PruneRestStage {

    @Configuration
    @ImportAutoConfiguration({
        HibernateJpaAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        WebMvcAutoConfiguration.class
    })
    @EntityScan("dev.cachewarden.policy.store")
    @EnableJpaRepositories("dev.cachewarden.policy.store")
    @ComponentScan(
            basePackages = {
                "dev.cachewarden.policy",
                "dev.cachewarden.plan",
                "dev.cachewarden.run",
                "dev.cachewarden.repeat",
                "dev.cachewarden.rest"
            },
            excludeFilters = @Filter(type = FilterType.REGEX, pattern = ".*Tests.*"))
    static class SmallApplication {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        SettableClock clock() {
            return new SettableClock(NOW);
        }

        @Bean
        FakeFleet fleet(SettableClock clock) {
            return new FakeFleet(clock);
        }

        @Bean
        BuildRhythms rhythms() {
            return (builder, since) -> Optional.empty();
        }

        /** Everybody comes as one account, and is the only one. */
        @Bean
        CallerAccounts accounts() {
            return new CallerAccounts() {
                @Override
                public String accountOf(Caller caller) {
                    return caller.name();
                }

                @Override
                public boolean anotherMayPrune(String account) {
                    return false;
                }
            };
        }

        @Bean
        RebuildTimes rebuildTimes() {
            return (builder, records) -> Map.of();
        }

        @Bean
        PruneEffects pruneEffects(FakeFleet fleet, SettableClock clock) {
            return AnalyticsParts.effects(database, fleet, clock);
        }

        @Bean
        RunningBuilds runningBuilds(FakeFleet fleet) {
            return fleet.building::contains;
        }

        /** Left open for the next class of tests. */
        @Bean(destroyMethod = "")
        DataSource dataSource() {
            return database.dataSource();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"rules": [{"maxUsedSpace": "10XB"}]}       | rules[0].maxUsedSpace | '10XB' is not a size; use a number with B, kB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)
                    {"rules": [{"maxUsedSpace": -5}]}           | rules[0].maxUsedSpace | '-5' is negative; a size must be zero or more
                    {"rules": [{"maxUsedSpace": 1.5}]}          | rules[0].maxUsedSpace | is not a size; use a string such as "20GB", or whole bytes
                    {"rules": [{"unusedFor": true}]}            | rules[0].unusedFor    | must be a string or a whole number
                    {"rules": [{"unusedFor": 7}]}               | rules[0].unusedFor    | '7' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    {"rules": [{"keepStorage": "10GB"}]}        | rules[0].keepStorage  | is an unknown property. Known properties: filters, includeInternal, includeShared, maxUsedSpace, measure, minFreeSpace, order, reservedSpace, types, unusedFor
                    {"rules": [{"label": "x"}]}                 | rules[0].label        | is an unknown property. Known properties: filters, includeInternal, includeShared, maxUsedSpace, measure, minFreeSpace, order, reservedSpace, types, unusedFor
                    {"rules": [null]}                           | rules[0]              | must not be null
                    {"rules": [{"types": [null], "unusedFor": "1d"}]} | rules[0].types[0] | must not be null
                    {"rules": [{"unusedFor": "1d"}], "hostId": 1, "limitPerRun": {"maxShare": 0}} | limitPerRun.maxShare | '0' is not a share of the cache; use a whole percentage from 1 to 100
                    """)
    void nameTheFieldThatIsWrong(String body, String field, String reason) {
        var answer = post("/api/v1/plans", body);

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].reason").isEqualTo(reason);
    }

    @Test
    void planThenRunAndWaitForTheEnd() {
        var plan = post("/api/v1/plans", """
                {"hostId": 1, "rules": [{"unusedFor": "P7D"}], "limitPerRun": {"maxShare": 100}}""");
        assertThat(plan).hasStatus(201).hasHeader("Location", "/api/v1/plans/1");
        assertThat(plan).bodyJson().isLenientlyEqualTo("""
                {"id": 1, "hostId": 1, "hostName": "host-1", "engineId": "engine-1", "policy": null, "createdBy": "ada",
                 "snapshotAt": "2026-09-01T12:00:00Z", "limitPerRunBytes": 6000000, "planned": {"records": 2, "bytes": 5000000},
                 "byType": {"exec.cachemount": {"records": 1, "bytes": 2000000}, "regular": {"records": 1, "bytes": 3000000}},
                 "kept": {"records": 1, "bytes": 1000000}, "keptByReason": {"USED_WITHIN": {"records": 1, "bytes": 1000000}}}""");

        var run = post("/api/v1/plans/1/run?wait=PT30S&countdown=PT0S", "");

        assertThat(run).hasStatus(200).hasHeader("Location", "/api/v1/runs/1");
        assertThat(run).bodyJson().isLenientlyEqualTo("""
                {"id": 1, "planId": 1, "state": "DONE", "trigger": "MANUAL", "requested": {"name": "ada"},
                 "planned": {"records": 2, "bytes": 5000000}, "deleted": {"records": 2, "bytes": 5000000},
                 "skipped": {"records": 0, "bytes": 0}, "failed": {"records": 0, "bytes": 0},
                 "cacheBeforeBytes": 6000000, "cacheAfterBytes": 1000000}""");
        assertThat(host.records).containsOnlyKeys("young");
        assertThat(get("/api/v1/runs/1")).bodyJson().extractingPath("$.state").isEqualTo("DONE");
        assertThat(get("/api/v1/runs/1/effect")).hasStatus(200).bodyJson().isLenientlyEqualTo("""
                {"before": {"builds": 0, "hitRate": null}, "after": null, "missedBuildCount": 0, "missedBuilds": []}""");
        assertThat(get("/api/v1/runs?state=DONE"))
                .bodyJson()
                .extractingPath("$.items[0].id")
                .isEqualTo(1);
    }

    @Test
    void listPlannedRecordsInPartsAndAsCsv() {
        planEverything();

        var first = get("/api/v1/plans/1/records?limit=2");
        assertThat(first).bodyJson().extractingPath("$.items[*].id").isEqualTo(List.of("leaf", "root"));
        var next = new String[1];
        assertThat(first).bodyJson().extractingPath("$.next").asString().satisfies(cursor -> next[0] = cursor);
        assertThat(get("/api/v1/plans/1/records?limit=2&after=" + next[0]))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"items": [{"position": 3, "id": "young", "type": "regular", "sizeBytes": 1000000, "usageCount": 1,
                          "lastUsedAt": "2026-08-31T12:00:00Z", "rule": 1, "reason": "Rule 1: deletes everything", "outcome": null}],
                         "next": null}""");

        var csv = http.get().uri("/api/v1/plans/1/records").accept("text/csv").exchange();
        assertThat(csv).hasStatus(200).hasContentTypeCompatibleWith("text/csv");
        assertThat(csv).bodyText().isEqualTo("""
                position,id,type,description,sizeBytes,lastUsedAt,usageCount,rule,reason,outcome,outcomeCode,outcomeReason,outcomeAt,deletedBytes\r
                1,leaf,exec.cachemount,step leaf,2000000,2026-08-22T12:00:00Z,1,1,Rule 1: deletes everything,,,,,\r
                2,root,regular,step root,3000000,2026-08-22T12:00:00Z,1,1,Rule 1: deletes everything,,,,,\r
                3,young,regular,step young,1000000,2026-08-31T12:00:00Z,1,1,Rule 1: deletes everything,,,,,\r
                """);
    }

    @Test
    void listsTheOutcomesOfARun() {
        planEverything();
        host.with(aRecord("young").usedDaysAgo(0).uses(2).record());
        post("/api/v1/plans/1/run?wait=PT30S&countdown=PT0S", "");

        assertThat(get("/api/v1/runs/1/records?outcome=SKIPPED")).bodyJson().isLenientlyEqualTo("""
                {"items": [{"id": "young", "outcome": "SKIPPED", "outcomeCode": "USED", "outcomeReason": "Used since the plan",
                  "deletedBytes": null}]}""");
        assertThat(http.get()
                        .uri("/api/v1/runs/1/records?outcome=DELETED")
                        .accept("text/csv")
                        .exchange())
                .bodyText()
                .contains("1,leaf,")
                .contains(",DELETED,,,2026-09-01T12:00:00Z,2000000")
                .doesNotContain("young");
    }

    @Test
    void giveTheFirstAnswerForARepeatedKey() {
        planEverything();

        var first = run("key-1");
        var again = run("key-1");

        assertThat(first).hasStatus(202);
        assertThat(again).hasStatus(202).bodyJson().extractingPath("$.id").isEqualTo(1);
        assertThat(run("key#2")).hasStatus(400);
    }

    @Test
    void callOffDuringTheCountdown() {
        planEverything();
        assertThat(post("/api/v1/plans/1/run", ""))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("COUNTDOWN");

        var cancelled = post("/api/v1/runs/1/cancel", "");

        assertThat(cancelled).bodyJson().extractingPath("$.state").isEqualTo("CANCELED");
        assertThat(cancelled).bodyJson().extractingPath("$.cancel.name").isEqualTo("ada");
        assertThat(post("/api/v1/runs/1/approve", "")).hasStatus(409);
        assertDetail(post("/api/v1/runs/1/approve", ""), "Run 1 does not wait for approval. Its state is Canceled.");
        assertThat(fleet.sent).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    /api/v1/runs/1?wait=soon           | wait   | 'soon' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
                    /api/v1/runs/1?wait=PT10M          | wait   | 'PT10M' exceeds the maximum of 5m
                    /api/v1/runs?limit=0               | limit  | must be from 1 to 1000, not 0
                    /api/v1/builders/1/external-prunes?limit=0 | limit | must be from 1 to 1000, not 0
                    /api/v1/runs?after=xyz             | after  | is not a cursor of this list; use 'next' of the previous page with the same filter and sort order
                    """)
    void nameTheParameterThatIsWrong(String uri, String field, String reason) {
        assertThat(get(uri)).hasStatus(400);
        assertThat(get(uri)).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
        assertThat(get(uri)).bodyJson().extractingPath("$.errors[0].reason").isEqualTo(reason);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/api/v1/plans/9,There is no plan 9.",
        "/api/v1/plans/9/records,There is no plan 9.",
        "/api/v1/runs/9,There is no run 9."
    })
    void reportsUnknownResources(String uri, String detail) {
        assertThat(get(uri)).hasStatus(404);
        assertDetail(get(uri), detail);
    }

    private void planEverything() {
        assertThat(post("/api/v1/plans", """
                {"builderId": 1, "rules": [{"unusedFor": "0s"}], "limitPerRun": {"maxShare": 100}}""")).hasStatus(201);
    }

    private MvcTestResult run(String key) {
        return http.post()
                .uri("/api/v1/plans/1/run")
                .header("Idempotency-Key", key)
                .principal(ADA)
                .exchange();
    }
}
