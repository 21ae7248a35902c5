package dev.cachewarden.run.web;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.testing.TestDatabase;
import java.security.Principal;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** REST as a script uses it: put together by Spring, with its loop running, on a real database. */
@SpringBootTest(
        classes = PruneRestTests.SmallApplication.class,
        properties = {"cachewarden.prune.tick=20ms", "spring.main.banner-mode=off"})
@AutoConfigureMockMvc(addFilters = false)
@DirtiesContext
abstract class PruneRestStage {

    static final TestDatabase database = TestDatabase.create();

    static final Principal ADA = () -> "ada";

    @Autowired
    MockMvcTester http;

    @Autowired
    FakeFleet fleet;

    FakeHost host;

    @BeforeEach
    void aHostWithSomeCache() {
        database.clear();
        fleet.sent.clear();
        host = fleet.addStored(database, 1, "engine-1")
                .with(
                        aRecord("root").megabytes(3).record(),
                        aRecord("leaf")
                                .on("root")
                                .megabytes(2)
                                .type(RecordType.EXEC_CACHEMOUNT)
                                .record(),
                        aRecord("young").usedDaysAgo(1).record());
        host.labels = Map.of("env", "ci");
    }

    MvcTestResult get(String uri) {
        return http.get().uri(uri).principal(ADA).exchange();
    }

    MvcTestResult post(String uri, String body) {
        return http.post()
                .uri(uri)
                .principal(ADA)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    MvcTestResult put(String uri, String body) {
        return http.put()
                .uri(uri)
                .principal(ADA)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    static void assertDetail(MvcTestResult answer, String detail) {
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }
}
