package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do, their passwords and their tokens. */
class AccountPagesIntegrationTests extends PageStage {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vera | GET  | /hosts/new             | admin
            vera | GET  | /settings/users        | admin
            vera | POST | /hosts/1/read          | preview
            vera | POST | /runs/812/cancel       | prune
            otto | POST | /hosts/1/delete        | admin
            otto | POST | /policies/1/delete     | admin
            """)
    void forbiddenPageNamesTheMissingScope(String name, String method, String path, String scope) {
        var client = signedIn(name);

        var answer =
                method.equals("GET") ? client.get(path) : client.submit("/settings/password", path, "confirm", "x");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(unescaped(answer))
                .contains("Your role lacks the scope '" + scope + "', which this request requires.", "Overview");
    }

    @Test
    void passwordChangeEndsAllOtherSessions() {
        var here = signedIn("vera");
        var elsewhere = signedIn("vera");

        var wrong = here.submit(
                "/settings/password", "/settings/password", "current", "no", "password", "short", "again", "short");
        assertThat(unescaped(wrong)).contains("This is not your current password");
        var done = here.submit(
                "/settings/password",
                "/settings/password",
                "current",
                PASSWORD,
                "password",
                "another long password",
                "again",
                "another long password");

        assertThat(location(done)).isEqualTo("/settings/password");
        assertThat(here.get("/").statusCode()).isEqualTo(200);
        assertThat(location(elsewhere.get("/"))).isEqualTo("/login?ended");
    }

    @Test
    void formOfAnEndedSessionIsShownAgainAfterTheSignInAndSentByThePersonOnly() {
        var client = signedIn("ann").with("Sec-Fetch-Site", "same-origin");
        var csrf = client.csrf("/settings/users");
        database.jdbc().update("delete from login_session");

        var asked = client.post(
                "/settings/users", "name", "eve", "role", "VIEWER", "password", "quite a long password", "_csrf", csrf);
        assertThat(asked.statusCode()).isEqualTo(401);
        assertThat(unescaped(asked))
                .contains("Your session has ended. Nothing was saved.")
                .doesNotContain("quite a long password");

        var wrong = client.post(
                "/login", "username", "ann", "password", "wrong password", "form", kept(asked), "_csrf", csrf(asked));
        assertThat(unescaped(wrong)).contains("The username or password is incorrect.");
        var again = client.post(
                "/login", "username", "ann", "password", PASSWORD, "form", kept(wrong), "_csrf", csrf(wrong));
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(unescaped(again))
                .contains("Send your form again", "action=\"/settings/users\"", "value=\"eve\"", "value=\"VIEWER\"");
        assertThat(accounts.find("eve")).isEmpty();

        var sent = client.post(
                "/settings/users",
                "name",
                "eve",
                "role",
                "VIEWER",
                "password",
                "quite a long password",
                "_csrf",
                csrf(again));
        assertThat(location(sent)).isEqualTo("/settings/users");
        assertThat(accounts.find("eve")).isPresent();
    }

    @Test
    void formThatAnotherSiteSentIsNotShownAgain() {
        for (var header : new String[][] {{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}}) {
            var client = new WebClient(port).with(header[0], header[1]);

            var answer = client.post("/settings/users", "name", "eve", "role", "ADMIN");

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("eve");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "//evil.example/", "/login", "/logout"})
    void formIsKeptForPagesOfThisServiceOnly(String action) {
        var client = new WebClient(port);
        var form = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((action + "\nname=eve").getBytes(StandardCharsets.UTF_8));

        var answer = client.submit("/login", "/login", "username", "vera", "password", PASSWORD, "form", form);

        assertThat(location(answer)).isEqualTo("/");
    }

    private static String kept(HttpResponse<String> page) {
        return hidden(page, "form");
    }

    private static String csrf(HttpResponse<String> page) {
        return hidden(page, "_csrf");
    }

    private static String hidden(HttpResponse<String> page, String name) {
        var matcher =
                Pattern.compile("name=\"" + name + "\"[^>]*value=\"([^\"]+)\"").matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return matcher.group(1);
    }

    @Test
    void aScopeThatThereIsNotIsRefusedInWords() {
        var answer = signedIn("ann")
                .submit(
                        "/settings/tokens",
                        "/settings/tokens",
                        "name",
                        "nightly",
                        "scopes",
                        "everything",
                        "days",
                        "30");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(unescaped(answer))
                .contains("Scopes: 'everything' is not a scope; use one of read, preview, prune, ingest, admin");
    }

    @Test
    void tokenIsShownOnceAndOpensTheApi() {
        var client = signedIn("ann");

        var made = client.submit(
                "/settings/tokens", "/settings/tokens", "name", "nightly", "scopes", "read", "days", "30");
        var secret = Pattern.compile("cw_[a-z0-9]{8}_[A-Za-z0-9]{43}").matcher(made.body());
        assertThat(secret.find()).isTrue();

        assertThat(client.get("/settings/tokens").body()).contains("nightly").doesNotContain(secret.group());
        assertThat(new WebClient(port)
                        .with("Authorization", "Bearer " + secret.group())
                        .get("/v3/api-docs")
                        .body())
                .contains("\"openapi\":\"3.1");
    }
}
