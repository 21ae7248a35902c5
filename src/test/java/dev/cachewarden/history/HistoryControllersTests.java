package dev.cachewarden.history;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.HostReading.Unreachable;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.HostFixtures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The history's part of REST, on a real database. */
class HistoryControllersTests {

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final CacheRecord MOUNT = aRecord("mmm")
            .type("exec.cachemount")
            .described("=cmd|' /C calc'!A0, \"quoted\"")
            .under("rrr", "sss")
            .bytes(5_000)
            .build();
    private static final CacheRecord SHARED = aRecord("sss").shared().bytes(70).build();
    private static final CacheRecord ROOT =
            aRecord("rrr").used(0, null).created(null).mutable(null).build();

    private final FakeHosts hosts = new FakeHosts(prober());
    private HostReading answer = new Unreachable(new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));
    private final HostSampler sampler = id -> answer;
    private final MockMvcTester http = MockMvcTester.of(
            new RecordController(context.get(UsageHistory.class), hosts),
            new BuilderController(context.get(UsageHistory.class), hosts, InstantSource.fixed(NOON)),
            new SampleController(sampler));

    private static FakeProber prober() {
        var prober = new FakeProber();
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        return prober;
    }

    @BeforeEach
    void startWithOneReading() {
        context.clear();
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        hosts.recordReachable(new HostId(1));
        context.addBuilder("one");
        read(NOON.minusSeconds(60), MOUNT, SHARED, ROOT);
    }

    private static void read(Instant at, CacheRecord... records) {
        var reading = BuilderReading.of(new HostId(1), new BuilderId(1), at, Duration.ofMillis(40), List.of(records));
        context.get(ReadingStore.class).store(reading, true);
    }

    @Test
    void listGivesRecordsWithAllTheirAttributes() {
        assertThat(http.get().uri("/api/v1/records?limit=1"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"items":[{"hostId":1,"host":"one","builderId":1,"id":"mmm","type":"exec.cachemount",
                          "parents":["rrr","sss"],"description":"=cmd|' /C calc'!A0, \\"quoted\\"",
                          "state":"RECLAIMABLE","inUse":false,"shared":false,"reclaimable":true,"children":0,"mutable":false,
                          "sizeBytes":5000,"createdAt":"2026-03-01T10:00:00Z","lastUsedAt":"2026-03-01T11:00:00Z",
                          "usageCount":1,"firstSeenAt":"2026-03-08T11:59:00Z","changedAt":"2026-03-08T11:59:00Z",
                          "missingSince":null,"deletionCause":null,"deletedByRunId":null}]}
                        """);
    }

    @Test
    void listCountsWhatBuildsOnEachRecord() {
        assertThat(http.get().uri("/api/v1/records?sort=size")).bodyJson().isLenientlyEqualTo("""
                        {"items":[{"id":"sss","children":1},{"id":"rrr","children":1},{"id":"mmm","children":0}]}
                        """);
        assertThat(http.get().uri("/api/v1/builders/1/records/rrr"))
                .bodyJson()
                .extractingPath("$.record.children")
                .isEqualTo(1);
    }

    @Test
    void cursorLeadsThroughTheList() {
        var first = http.get().uri("/api/v1/records?limit=2&sort=size").exchange();
        assertThat(first).bodyJson().extractingPath("$.items[*].id").asArray().containsExactly("sss", "rrr");
        var next = new String[1];
        assertThat(first).bodyJson().extractingPath("$.next").satisfies(value -> next[0] = String.valueOf(value));

        assertThat(http.get().uri("/api/v1/records?limit=2&sort=size&after={next}", next[0]))
                .bodyJson()
                .isLenientlyEqualTo("{\"items\":[{\"id\":\"mmm\"}],\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "q=type:exec.cachemount                     | mmm",
                "q=state:shared&type=regular                | sss",
                "state=reclaimable&sort=-size               | mmm,rrr",
                "minSize=1kB&q=size:>1                      | mmm,rrr",
                "host=one&text=CALC                         | mmm",
                "host=1&unusedFor=7d                        | mmm,sss",
                "q=unused:>8d                               | ",
                "q=                                         | mmm,rrr,sss",
            })
    void filtersAndParametersAddUp(String parameters, String ids) {
        var expected = ids == null || ids.isEmpty() ? new Object[0] : ids.split(",");

        assertThat(http.get().uri("/api/v1/records?" + parameters))
                .bodyJson()
                .extractingPath("$.items[*].id")
                .asArray()
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "q=state:idle    | q: 'idle' is not a state; use one of reclaimable, shared, in-use, in-use-shared",
                "state=idle      | state: 'idle' is not a state; use one of reclaimable, shared, in-use, in-use-shared",
                "host=nowhere    | q: There is no host 'nowhere'",
                "minSize=10XB    | minSize: '10XB' is not a size; use a number with B, kB, MB, GB, TB (powers of"
                        + " 1000) or"
                        + " KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)",
                "unusedFor=soon  | unusedFor: 'soon' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such"
                        + " as PT48H",
                "sort=age        | sort: 'age' is not a sort order; use one of size, lastUsed, created, uses, type,"
                        + " with a - in front"
                        + " for descending order",
                "limit=0         | limit: must be from 1 to 1000, not 0",
                "limit=1001      | limit: must be from 1 to 1000, not 1001",
            })
    void namesTheInvalidParameter(String parameters, String expectedText) {
        assertThat(http.get().uri("/api/v1/records?" + parameters))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(expectedText);
    }

    @Test
    void usageSumsTheWholeList() {
        assertThat(http.get().uri("/api/v1/records/usage?q=state:reclaimable"))
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"total":{"records":2,"totalBytes":6000,"reclaimableBytes":6000,"sharedBytes":0,"inUseBytes":0},
                         "byType":{
                          "exec.cachemount":{"records":1,"totalBytes":5000,"reclaimableBytes":5000,"sharedBytes":0,"inUseBytes":0},
                          "regular":{"records":1,"totalBytes":1000,"reclaimableBytes":1000,"sharedBytes":0,"inUseBytes":0}}}
                        """);
    }

    @Test
    void csvIsTheSameListAndHarmlessInASpreadsheet() {
        String csv = """
                host,builderId,id,type,state,sizeBytes,usageCount,createdAt,lastUsedAt,firstSeenAt,parents,description\r
                one,1,mmm,exec.cachemount,RECLAIMABLE,5000,1,2026-03-01T10:00:00Z,2026-03-01T11:00:00Z,2026-03-08T11:59:00Z,rrr sss,"'=cmd|' /C calc'!A0, ""quoted\"""\r
                one,1,rrr,regular,RECLAIMABLE,1000,0,,,2026-03-08T11:59:00Z,,[build 2/4] RUN make\r
                """;
        assertThat(http.get().uri("/api/v1/records?state=reclaimable").accept("text/csv"))
                .hasStatusOk()
                .hasContentType("text/csv;charset=UTF-8")
                .hasBodyTextEqualTo(csv);
        assertThat(http.get().uri("/api/v1/records?state=reclaimable&format=csv"))
                .hasHeader("Content-Disposition", "attachment; filename=\"cache-records.csv\"")
                .hasBodyTextEqualTo(csv);
        assertThat(http.get().uri("/api/v1/records").accept(MediaType.ALL))
                .hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON);
    }

    @Test
    void csvOfAWrongFilterIsAnErrorAndNoFile() {
        assertThat(http.get().uri("/api/v1/records?format=csv&sort=age"))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void buildersComeWithTheirLastReading() {
        assertThat(http.get().uri("/api/v1/builders")).bodyJson().isStrictlyEqualTo("""
                        {"items":[{"id":1,"hostId":1,"host":"one","name":"default","driver":"docker","stale":false,
                          "latest":{"takenAt":"2026-03-08T11:59:00Z","span":"PT0S","highestBytes":6070,"usage":{
                           "total":{"records":3,"totalBytes":6070,"reclaimableBytes":6000,"sharedBytes":70,"inUseBytes":0},
                           "byType":{
                            "exec.cachemount":{"records":1,"totalBytes":5000,"reclaimableBytes":5000,"sharedBytes":0,"inUseBytes":0},
                            "regular":{"records":2,"totalBytes":1070,"reclaimableBytes":1000,"sharedBytes":70,"inUseBytes":0}}}}}],
                         "next":null}
                        """);
    }

    @Test
    void readingOfAHostThatDoesNotAnswerIsStale() {
        hosts.recordUnreachable(new HostId(1), new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens"));

        assertThat(http.get().uri("/api/v1/builders"))
                .bodyJson()
                .extractingPath("$.items[0].stale")
                .isEqualTo(true);
    }

    @Test
    void usageOverTime() {
        read(NOON.minusSeconds(30), MOUNT);

        var path = "/api/v1/builders/1/usage";
        assertThat(http.get().uri(path))
                .bodyJson()
                .extractingPath("$.items[*].highestBytes")
                .asArray()
                .containsExactly(6070, 5000);
        assertThat(http.get().uri(path + "?from=2026-03-08T11:59:15Z&until=2026-03-08T12:00:00Z&points=10"))
                .bodyJson()
                .extractingPath("$.items[*].takenAt")
                .asArray()
                .containsExactly("2026-03-08T11:59:30Z");
        assertThat(http.get().uri(path + "?from=2026-03-08T12:00:00Z"))
                .failure()
                .rootCause()
                .hasMessage("from: must be before the end of the range, 2026-03-08T12:00:00Z");
        assertThat(http.get().uri(path + "?points=0"))
                .failure()
                .rootCause()
                .hasMessage("points: must be from 1 to 5000, not 0");
        assertThat(http.get().uri("/api/v1/builders/9/usage"))
                .failure()
                .rootCause()
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no builder 9");
    }

    @Test
    void returnsAMissingRecordWithItsUses() {
        read(
                NOON.minusSeconds(40),
                aRecord("rrr").used(3, NOON.minusSeconds(45)).build());
        read(NOON.minusSeconds(20));

        assertThat(http.get().uri("/api/v1/builders/1/records/rrr")).bodyJson().isLenientlyEqualTo("""
                        {"record":{"id":"rrr","usageCount":3,"missingSince":"2026-03-08T11:59:40Z","deletionCause":"UNKNOWN"},
                         "uses":[{"seenAt":"2026-03-08T11:59:20Z","usedAt":"2026-03-08T11:59:15Z","usageCount":3}]}
                        """);
        assertThat(http.get().uri("/api/v1/builders/1/records/zzz"))
                .failure()
                .rootCause()
                .hasMessage("There is no cache record 'zzz' in builder 1, neither in the cache nor in the history");
    }

    @Test
    void sampleReturnsTheUsageOrTheProblem() {
        assertThat(http.post().uri("/api/v1/hosts/1/sample"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"read":false,"takenAt":null,"usage":null,"cause":"TIMEOUT","message":"No answer within 10 s"}
                        """);

        answer = new HostReading.Read(new CacheSnapshot(new BuilderId(1), NOON, List.of(MOUNT)));
        assertThat(http.post().uri("/api/v1/hosts/1/sample")).bodyJson().isLenientlyEqualTo("""
                        {"read":true,"takenAt":"2026-03-08T12:00:00Z","usage":{"total":{"records":1,"totalBytes":5000}}}
                        """);
    }
}
