package dev.cachewarden.access.web;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A service with the real server, a real database, and one user of each role. */
@SpringBootTest(classes = AccessApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class AccessStage {

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
    ApiTokens tokens;

    @Autowired
    AuditTrail trail;

    @Autowired
    SettableClock clock;

    @Autowired
    ServletWebServerApplicationContext context;

    @Autowired
    Environment environment;

    @BeforeEach
    void startWithOneOfEachRole() {
        database.clear();
        accounts.add("ann", Role.ADMIN, PASSWORD);
        accounts.add("otto", Role.OPERATOR, PASSWORD);
        accounts.add("vera", Role.VIEWER, PASSWORD);
        // So that failures of one test do not slow the next one down.
        clock.pass(Duration.ofHours(2));
    }

    ConfigurableApplicationContext replica(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("server.port=0");
        for (var name : List.of("url", "username", "password")) {
            all.add("spring.datasource." + name + "=" + environment.getProperty("spring.datasource." + name));
        }
        return new SpringApplicationBuilder(AccessApplication.class)
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    static int port(ConfigurableApplicationContext replica) {
        return replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    WebClient withToken(Scope... scopes) {
        return bearer(tokens.issue("ci-bot", Set.of(scopes), null, "ann").secret());
    }

    WebClient bearer(String secret) {
        return new WebClient(port).with("Authorization", "Bearer " + secret);
    }

    static String location(HttpResponse<String> answer) {
        return header(answer, "Location").replaceFirst("^http://localhost:\\d+", "");
    }

    static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    static String detail(HttpResponse<String> answer) {
        return JsonPath.read(answer.body(), "$.detail");
    }
}
