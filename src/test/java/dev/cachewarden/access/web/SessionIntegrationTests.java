package dev.cachewarden.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.Role;
import dev.cachewarden.access.Scope;
import dev.cachewarden.testing.WebClient;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sessions: their end, their survival of a restart, the headers of proxies, and the headers of responses. */
class SessionIntegrationTests extends AccessStage {

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
}
