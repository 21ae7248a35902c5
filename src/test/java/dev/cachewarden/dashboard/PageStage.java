package dev.cachewarden.dashboard;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.Role;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.HtmlUtils;

/** The pages over made-up hosts, policies and runs, and three people: ann, otto and vera. All tests of pages share it, set anew for each. */
@SpringBootTest(classes = DashboardApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class PageStage {

    static final TestDatabase database = TestDatabase.create();

    static final String PASSWORD = "correct horse battery";

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @LocalServerPort
    int port;

    @Autowired
    Accounts accounts;

    @Autowired
    Fleets fleets;

    @Autowired
    FakePolicies policies;

    @Autowired
    FakePins pins;

    @Autowired
    FakeRuns runs;

    @Autowired
    FakeConfiguration configuration;

    @BeforeEach
    void setTheStage() {
        database.clear();
        accounts.add("ann", Role.ADMIN, PASSWORD);
        accounts.add("otto", Role.OPERATOR, PASSWORD);
        accounts.add("vera", Role.VIEWER, PASSWORD);
        fleets.six();
        policies.fill();
        pins.clear();
        runs.fill();
        configuration.status = FakeConfiguration.none(0);
        configuration.asked.clear();
    }

    /** A browser without scripts, as one of the three. */
    WebClient signedIn(String name) {
        var client = new WebClient(port);
        client.signIn(name, PASSWORD);
        return client;
    }

    /** Where an answer leads, without the host. */
    static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("none").replaceFirst("^http://localhost:\\d+", "");
    }

    /** As a person reads it. */
    static String unescaped(HttpResponse<String> answer) {
        return HtmlUtils.htmlUnescape(answer.body());
    }
}
