package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.testing.WebClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.TomcatWebServer;

/** Signing in: the form, the way to the requested page, and the limits on failed attempts. */
class SignInIntegrationTests extends AccessStage {

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
    void wrongPasswordAndUnknownNameHaveTheSameResponse() {
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
    void anonymousRequestsCreateNoSessions() {
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
    void redirectsHoldNoHost() {
        assertThat(header(new WebClient(port).get("/?a=b"), "Location")).isEqualTo("/login");
        assertThat(header(new WebClient(port).signIn("vera", PASSWORD), "Location"))
                .isEqualTo("/");
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
    void partOfAPageWithoutLoginSendsTheWholePageToIt() {
        var answer = new WebClient(port).with("HX-Request", "true").get("/");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(header(answer, "HX-Redirect")).isEqualTo("/login");
    }

    private StandardContext tomcat() {
        var server = (TomcatWebServer) Objects.requireNonNull(context.getWebServer());
        return (StandardContext) server.getTomcat().getHost().findChildren()[0];
    }
}
