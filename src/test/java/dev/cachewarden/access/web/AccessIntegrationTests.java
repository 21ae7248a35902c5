package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who gets in and how, through the real server and a real database. */
@SpringBootTest(classes = AccessApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessIntegrationTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String PASSWORD = "correct horse battery";

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

    @Test
    void pageWithoutLoginLeadsToItAndBack() {
        var client = new WebClient(port);

        var asked = client.get("/?range=7d");
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(location(asked)).endsWith("/login");

        var signedIn = client.signIn("vera", PASSWORD);
        assertThat(location(signedIn)).contains("/?range=7d");
        assertThat(client.get("/").body()).isEqualTo("{\"seenBy\":\"vera\"}");
    }

    @Test
    void loginChangesTheSessionIdAndLeavesATrace() {
        var client = new WebClient(port);
        var before = client.get("/login").headers().firstValue("Set-Cookie").orElseThrow();

        var after = client.signIn("vera", PASSWORD).headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("CACHEWARDEN_SESSION="))
                .findFirst()
                .orElseThrow();

        assertThat(before).startsWith("CACHEWARDEN_FORM=").contains("HttpOnly", "SameSite=Lax");
        assertThat(after).contains("HttpOnly", "SameSite=Lax");
        assertThat(trail.entries(null, 10).items())
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::via, AuditEntry::address)
                .containsExactly(tuple("vera", "login", "password", "127.0.0.1"));
        assertThat(accounts.find("vera").orElseThrow().lastSeenAt()).isEqualTo(clock.instant());
        var again = client.signIn("vera", PASSWORD).headers().allValues("Set-Cookie");
        assertThat(again).anyMatch(cookie -> cookie.startsWith("CACHEWARDEN_SESSION=") && !cookie.equals(after));
    }

    @Test
    void wrongPasswordAndUnknownNameAreToldAlike() {
        assertThat(location(new WebClient(port).signIn("vera", "wrong password")))
                .isEqualTo("/login?failed");
        assertThat(location(new WebClient(port).signIn("nobody", "wrong password")))
                .isEqualTo("/login?failed");
        assertThat(trail.entries(null, 10).items())
                .extracting(AuditEntry::action, AuditEntry::subject)
                .containsExactly(tuple("login.fail", "nobody"), tuple("login.fail", "vera"));
    }

    @Test
    void eachFailureCountsOnceAndManyAreOneEntryWithTheirNumber() {
        var client = new WebClient(port);
        for (int i = 0; i < 4; i++) {
            assertThat(location(client.signIn("vera", "wrong password"))).isEqualTo("/login?failed");
        }
        assertThat(location(client.signIn("vera", "wrong password"))).isEqualTo("/login?failed");
        assertThat(location(client.signIn("vera", "wrong password"))).isEqualTo("/login?wait=11");
        assertThat(location(client.signIn("vera", "wrong password"))).isEqualTo("/login?wait=11");

        assertThat(trail.entries(null, 10).items())
                .extracting(AuditEntry::action, AuditEntry::subject, AuditEntry::detail)
                .containsExactly(tuple(
                        "login.fail",
                        "vera",
                        "7 attempts within 10 minutes, 2 of them rejected before the password was checked"));
    }

    @Test
    void browserThatSignedInBeforeIsNotKeptOutByAStranger() {
        var person = new WebClient(port);
        person.signIn("vera", PASSWORD);
        person.submit("/login", "/logout");
        var stranger = new WebClient(port);
        for (int i = 0; i < 10; i++) {
            stranger.signIn("vera", "wrong password");
        }

        assertThat(location(stranger.signIn("vera", PASSWORD))).startsWith("/login?wait=");
        assertThat(location(person.signIn("vera", PASSWORD))).isEqualTo("/");
    }

    @Test
    void longNamesArePutAwayBeforeAnythingIsKept() {
        var answer = new WebClient(port).signIn("n".repeat(100_000), "x".repeat(100_000));

        assertThat(location(answer)).isEqualTo("/login?failed");
        assertThat(trail.entries(null, 10).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.subject()).isEqualTo("n".repeat(64) + "…"));
    }

    @Test
    void nobodyTakesMemoryOrRowsBeforeASignIn() {
        for (int i = 0; i < 100; i++) {
            var answer = new WebClient(port).get("/records?q=" + "a".repeat(3_500));
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(answer.headers().allValues("Set-Cookie"))
                    .noneMatch(cookie -> cookie.startsWith("CACHEWARDEN_SESSION")
                            || cookie.startsWith("CACHEWARDEN_NOTE")
                            || cookie.length() > 200);
            new WebClient(port).get("/login");
        }

        assertThat(tomcat().getManager().getActiveSessions()).isZero();
        assertThat(database.jdbc().queryForObject("select count(*) from login_session", Integer.class))
                .isZero();
    }

    @Test
    void ofALongAddressThePathIsRememberedForAfterTheSignIn() {
        var client = new WebClient(port);
        client.get("/?q=" + "a".repeat(3_500));

        assertThat(location(client.signIn("vera", PASSWORD))).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "/\\evil.example", "https://evil.example/", "/a\r\nb", "/ü"})
    void nextPageIsNeverOnAnotherServer(String page) {
        var value = Base64.getUrlEncoder().withoutPadding().encodeToString(page.getBytes(StandardCharsets.UTF_8));
        var client = new WebClient(port);
        var form = client.get("/login");
        var cookie = form.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        var csrf = form.body().replaceFirst(".*value=\"([^\"]+)\".*", "$1");

        var answer = new WebClient(port)
                .with("Cookie", cookie + "; CACHEWARDEN_NEXT=" + value)
                .post("/login", "username", "vera", "password", PASSWORD, "_csrf", csrf);

        assertThat(location(answer)).isEqualTo("/");
    }

    @Test
    void sessionSurvivesARestartAndHoldsOnOtherReplicas() {
        var cookie = new WebClient(port)
                .signIn("vera", PASSWORD).headers().allValues("Set-Cookie").stream()
                        .filter(text -> text.startsWith("CACHEWARDEN_SESSION="))
                        .map(text -> text.replaceFirst(";.*", ""))
                        .findFirst()
                        .orElseThrow();
        assertThat(database.jdbc()
                        .queryForObject("select encode(secret_hash, 'escape') from login_session", String.class))
                .doesNotContain(cookie.substring("CACHEWARDEN_SESSION=".length()));

        try (var other = replica()) {
            var client = new WebClient(port(other)).with("Cookie", cookie);
            assertThat(client.get("/").body()).isEqualTo("{\"seenBy\":\"vera\"}");
        }
    }

    @Test
    void headersOfAProxyCountOnlyIfItIsNamed() {
        try (var named = replica("cachewarden.trusted-proxies=127.0.0.1/32,::1")) {
            var client = new WebClient(port(named))
                    .with("X-Forwarded-Proto", "https")
                    .with("X-Forwarded-For", "203.0.113.9");
            assertThat(client.get("/login").headers().firstValue("Set-Cookie").orElseThrow())
                    .contains("; Secure");
        }
        var client = new WebClient(port).with("X-Forwarded-Proto", "https").with("X-Forwarded-For", "203.0.113.9");
        assertThat(client.get("/login").headers().firstValue("Set-Cookie").orElseThrow())
                .doesNotContain("; Secure");
        client.signIn("vera", "wrong password");
        assertThat(trail.entries(null, 1).items())
                .extracting(AuditEntry::address)
                .containsExactly("127.0.0.1");
    }

    @Test
    void redirectsHoldNoHost() {
        assertThat(header(new WebClient(port).get("/?a=b"), "Location")).isEqualTo("/login");
        assertThat(header(new WebClient(port).signIn("vera", PASSWORD), "Location"))
                .isEqualTo("/");
    }

    @Test
    void longAnswerLearnsThatWhoAskedIsNoLongerKnown() {
        var token = tokens.issue("ci-bot", Set.of(Scope.READ), null, "ann");
        bearer(token.secret()).get("/api/v1/runs/long");
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isTrue();
        tokens.revoke(token.token().id());
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isFalse();

        var soon = tokens.issue("soon", Set.of(Scope.READ), clock.instant().plusSeconds(60), "ann");
        bearer(soon.secret()).get("/api/v1/runs/long");
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isTrue();
        clock.pass(Duration.ofSeconds(60));
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isFalse();

        var client = new WebClient(port);
        client.signIn("vera", PASSWORD);
        client.get("/api/v1/runs/long");
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isTrue();
        accounts.remove("vera");
        assertThat(AccessApplication.stillKnown.getAsBoolean()).isFalse();
    }

    @Test
    void sessionEndsWhenItIsIdleOrOld() {
        var client = new WebClient(port);
        client.signIn("vera", PASSWORD);
        clock.pass(Duration.ofHours(11));
        assertThat(client.get("/").statusCode()).isEqualTo(200);
        clock.pass(Duration.ofHours(11));
        assertThat(client.get("/").statusCode()).isEqualTo(200);
        clock.pass(Duration.ofHours(12));
        assertThat(location(client.get("/"))).isEqualTo("/login?ended");

        client.signIn("vera", PASSWORD);
        for (int i = 0; i < 16; i++) {
            clock.pass(Duration.ofHours(11));
            client.get("/");
        }
        assertThat(location(client.get("/"))).isEqualTo("/login?ended");
        client.signIn("vera", PASSWORD);
        assertThat(database.jdbc().queryForObject("select count(*) from login_session", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void afterFiveFailuresEvenTheRightPasswordHasToWait() {
        var client = new WebClient(port);
        for (int i = 0; i < 5; i++) {
            client.signIn("vera", "wrong password");
        }

        assertThat(location(client.signIn("vera", PASSWORD))).isEqualTo("/login?wait=11");
        clock.pass(Duration.ofSeconds(10));
        assertThat(location(client.signIn("vera", PASSWORD))).isEqualTo("/");
    }

    @Test
    void loginWithoutCsrfTokenIsRefused() {
        var answer = new WebClient(port)
                .with("Accept", "application/json")
                .post("/login", "username", "vera", "password", PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(detail(answer)).startsWith("Your session changed after you opened this form. Nothing was saved.");
    }

    @Test
    void apiWithoutAnythingSaysWhatIsNeeded() {
        var answer = new WebClient(port).get("/api/v1/hosts");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate")).isEqualTo("Bearer realm=\"cachewarden\", scope=\"read\"");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(detail(answer))
                .isEqualTo("This request requires a token with the scope 'read'. Send it as 'Authorization: Bearer"
                        + " cw_…'.");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void tokenOpensWhatItsScopeSaysWithoutSessionOrCsrf() {
        var client = withToken(Scope.READ, Scope.PRUNE);

        var seen = client.get("/api/v1/hosts");
        assertThat(seen.body()).isEqualTo("{\"seenBy\":\"token ci-bot\"}");
        assertThat(seen.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(client.json("POST", "/api/v1/runs", "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"POST, /api/v1/hosts, admin", "POST, /api/v1/runs, prune", "GET, /api/v1/tokens, admin"})
    void tokenWithTooLittleIsToldWhichScopeIsMissing(String method, String path, String scope) {
        var answer = withToken(Scope.READ).json(method, path, "{}");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"cachewarden\", error=\"insufficient_scope\", scope=\"" + scope + "\"");
        assertThat(detail(answer)).isEqualTo("The token lacks the scope '" + scope + "', which this request requires.");
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void noScopeHoldsAnother(Scope missing) {
        var all = EnumSet.allOf(Scope.class);
        all.remove(missing);
        var client = withToken(all.toArray(Scope[]::new));

        int read = client.get("/api/v1/hosts").statusCode();
        int prune = client.json("POST", "/api/v1/runs", "{}").statusCode();
        int admin = client.json("POST", "/api/v1/hosts", "{}").statusCode();

        assertThat(read).isEqualTo(missing == Scope.READ ? 403 : 200);
        assertThat(prune).isEqualTo(missing == Scope.PRUNE ? 403 : 200);
        assertThat(admin).isEqualTo(missing == Scope.ADMIN ? 403 : 200);
    }

    @ParameterizedTest
    @CsvSource({
        "made up, Bearer cw_abcdefgh_0123456789012345678901234567890123456789012",
        "not a token, Bearer x",
        "empty, 'Bearer '"
    })
    void unknownTokenIsRefusedWhateverTheSessionMay(String kind, String header) {
        var client = new WebClient(port);
        client.signIn("ann", PASSWORD);

        var answer = client.with("Authorization", header).get("/api/v1/hosts");

        assertThat(answer.statusCode()).as(kind).isEqualTo(401);
        assertThat(header(answer, "WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"cachewarden\", error=\"invalid_token\", scope=\"read\"");
        assertThat(detail(answer))
                .isEqualTo("The token is unknown, expired, or revoked. This request requires a token with the scope"
                        + " 'read'.");
    }

    @Test
    void sessionMayUseTheApiButNeedsTheCsrfTokenToChange() {
        var client = new WebClient(port);
        client.signIn("ann", PASSWORD);
        var csrf = client.csrf("/login");

        assertThat(client.get("/api/v1/hosts").statusCode()).isEqualTo(200);
        var refused = client.json("POST", "/api/v1/hosts", "{}");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(detail(refused)).startsWith("A request in a browser session must send the header X-CSRF-TOKEN.");
        assertThat(client.with("X-CSRF-TOKEN", csrf)
                        .json("POST", "/api/v1/hosts", "{}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void rolesMayWhatTheirScopesSay() {
        assertThat(statusOf("vera", "/api/v1/runs")).isEqualTo(403);
        assertThat(statusOf("otto", "/api/v1/runs")).isEqualTo(200);
        assertThat(statusOf("otto", "/api/v1/hosts")).isEqualTo(403);
        assertThat(statusOf("ann", "/api/v1/hosts")).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"GET, /unlisted", "POST, /api/v1/unlisted", "DELETE, /unlisted"})
    void whatNoRuleNamesIsClosedToAllAndLooksAsIfItWereNotThere(String method, String path) {
        var answer = withToken(Scope.values()).json(method, path, "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body())
                .doesNotContain("guards")
                .contains("No resource exists at " + path + ". Check the path.");
    }

    @Test
    void eachAnswerCarriesThePolicyOfContent() {
        var headers = new WebClient(port).get("/login").headers().map();

        assertThat(headers.get("Content-Security-Policy"))
                .containsExactly(
                        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
                                + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(headers.get("X-Frame-Options")).containsExactly("DENY");
        assertThat(headers.get("Referrer-Policy")).containsExactly("same-origin");
        assertThat(headers.get("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
        assertThat(headers.get("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
    }

    @Test
    void healthIsOpenWithoutDetailsAndMetricsNeedRead() {
        var health = new WebClient(port).get("/actuator/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"groups\":[\"liveness\",\"readiness\"],\"status\":\"UP\"}");

        assertThat(new WebClient(port).get("/actuator/prometheus").statusCode()).isEqualTo(401);
        assertThat(withToken(Scope.READ).get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
        assertThat(withToken(Scope.values()).get("/actuator/env").statusCode()).isEqualTo(404);
    }

    @Test
    void partOfAPageWithoutLoginSendsTheWholePageToIt() {
        var answer = new WebClient(port).with("HX-Request", "true").get("/");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "HX-Redirect")).isEqualTo("/login");
    }

    @Test
    void changedPasswordEndsTheOtherSessions() {
        var here = new WebClient(port);
        var elsewhere = new WebClient(port);
        here.signIn("vera", PASSWORD);
        elsewhere.signIn("vera", PASSWORD);

        accounts.resetPassword("vera", "another long password");

        assertThat(location(elsewhere.get("/"))).isEqualTo("/login?ended");
        assertThat(location(new WebClient(port).signIn("vera", PASSWORD))).isEqualTo("/login?failed");
        assertThat(location(new WebClient(port).signIn("vera", "another long password")))
                .isEqualTo("/");
    }

    @Test
    void changedRoleAndRemovalEndTheSessionsForPagesPartsAndTheApiAlike() {
        var page = new WebClient(port);
        var part = new WebClient(port);
        var api = new WebClient(port);
        page.signIn("otto", PASSWORD);
        part.signIn("otto", PASSWORD);
        api.signIn("vera", PASSWORD);

        accounts.changeRole("otto", Role.VIEWER);
        accounts.remove("vera");

        assertThat(location(page.get("/"))).isEqualTo("/login?ended");
        assertThat(header(part.with("HX-Request", "true").get("/"), "HX-Redirect"))
                .isEqualTo("/login?ended");
        assertThat(api.get("/api/v1/hosts").statusCode()).isEqualTo(401);
    }

    @Test
    void logoutEndsTheSession() {
        var client = new WebClient(port);
        client.signIn("vera", PASSWORD);

        assertThat(location(client.submit("/login", "/logout"))).isEqualTo("/login?out");
        assertThat(client.get("/").statusCode()).isEqualTo(302);
    }

    @Test
    void eachChangeLeavesATraceAndNoReadingOrFailureDoes() {
        var client = withToken(Scope.READ, Scope.PRUNE);

        client.get("/api/v1/hosts");
        client.json("POST", "/api/v1/hosts", "{}");
        client.json("POST", "/api/v1/runs", "{}");

        assertThat(trail.entries(null, 10).items()).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("token ci-bot");
            assertThat(entry.via()).matches("token:[a-z0-9]{8}");
            assertThat(entry.action()).isEqualTo("run.start");
            assertThat(entry.subject()).isEqualTo("/runs");
        });
    }

    private ConfigurableApplicationContext replica(String... settings) {
        var all = new ArrayList<>(List.of(settings));
        all.add("server.port=0");
        for (var name : List.of("url", "username", "password")) {
            all.add("spring.datasource." + name + "=" + environment.getProperty("spring.datasource." + name));
        }
        return new SpringApplicationBuilder(AccessApplication.class)
                .run(all.stream().map(setting -> "--" + setting).toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext replica) {
        return replica.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private StandardContext tomcat() {
        var server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        return (StandardContext) server.getTomcat().getHost().findChildren()[0];
    }

    private int statusOf(String name, String path) {
        var client = new WebClient(port);
        client.signIn(name, PASSWORD);
        return client.with("X-CSRF-TOKEN", client.csrf("/login"))
                .json("POST", path, "{}")
                .statusCode();
    }

    private WebClient withToken(Scope... scopes) {
        return bearer(tokens.issue("ci-bot", Set.of(scopes), null, "ann").secret());
    }

    private WebClient bearer(String secret) {
        return new WebClient(port).with("Authorization", "Bearer " + secret);
    }

    private static String location(HttpResponse<String> answer) {
        return header(answer, "Location").replaceFirst("^http://localhost:\\d+", "");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }

    private static String detail(HttpResponse<String> answer) {
        return JsonPath.read(answer.body(), "$.detail");
    }
}
