package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.testing.WebClient;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void whoMayNotIsToldInWordsWhatIsMissing(String name, String method, String path, String scope) {
        var client = signedIn(name);

        var answer =
                method.equals("GET") ? client.get(path) : client.submit("/settings/password", path, "confirm", "x");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(unescaped(answer))
                .contains("Your role lacks the scope '" + scope + "', which this needs.", "Overview");
    }

    @Test
    void passwordIsChangedAndOnlyThisSessionGoesOn() {
        var here = signedIn("vera");
        var elsewhere = signedIn("vera");

        var wrong = here.submit(
                "/settings/password", "/settings/password", "current", "no", "password", "short", "again", "short");
        assertThat(unescaped(wrong)).contains("This is not your present password");
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
                .contains(
                        "This is not understood: 'everything' is not a scope; there are read, preview, prune, ingest, admin");
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
