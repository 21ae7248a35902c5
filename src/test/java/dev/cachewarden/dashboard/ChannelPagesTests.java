package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages of channels, with real rows. Nothing listens at the addresses. */
class ChannelPagesTests extends PageStage {

    private static final String URL = "https://hooks.slack.com/services/T0/B0/secretabcd";

    @Test
    void administratorAddsChangesAndDeletesAChannel() {
        var client = signedIn("ann");
        assertThat(unescaped(client.get("/settings/channels"))).contains("No channels yet");

        var form = unescaped(client.get("/settings/channels/new?type=SLACK"));
        var refused = client.submit(
                "/settings/channels/new?type=SLACK",
                "/settings/channels",
                "type",
                "SLACK",
                "name",
                "",
                "setting-url",
                URL);
        var added = client.submit(
                "/settings/channels/new?type=SLACK",
                "/settings/channels",
                "type",
                "SLACK",
                "name",
                "ops",
                "setting-url",
                URL,
                "enabled",
                "true",
                "leastSeverity",
                "WARNING",
                "labels",
                "env=prod");

        assertThat(form).contains("Add channel", "Webhook URL");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(unescaped(refused))
                .contains("must be 1 to 64 characters on one line")
                .doesNotContain("secretabcd");
        assertThat(location(added)).isEqualTo("/settings/channels");
        assertThat(unescaped(client.get("/settings/channels"))).contains("ops", "Slack", "From warning", "Unknown");
        var edit = unescaped(client.get("/settings/channels/1"));
        assertThat(edit).contains("https://hooks.slack.com/…abcd", "env=prod").doesNotContain("secretabcd");

        var changed = client.submit(
                "/settings/channels/1",
                "/settings/channels/1",
                "type",
                "SLACK",
                "name",
                "dev",
                "setting-url",
                "",
                "leastSeverity",
                "INFO",
                "labels",
                "");
        assertThat(location(changed)).isEqualTo("/settings/channels");
        assertThat(database.jdbc().queryForObject("select settings->>'url' from notification_channel", String.class))
                .isEqualTo(URL);
        assertThat(unescaped(client.get("/settings/channels"))).contains("dev", "Disabled");

        client.submit("/settings/channels/1", "/settings/channels/1/delete");
        assertThat(unescaped(client.get("/settings/channels"))).contains("No channels yet");
        assertThat(unescaped(client.get("/audit")))
                .contains("Added channel", "Changed channel", "Removed channel")
                .doesNotContain("secretabcd");
    }

    @Test
    void testShowsTheRequestWithoutItsSecret() {
        var client = signedIn("ann");

        var tested = unescaped(client.submit(
                "/settings/channels/new?type=WEBHOOK",
                "/settings/channels/test",
                "type",
                "WEBHOOK",
                "name",
                "ops",
                "setting-url",
                "http://127.0.0.1:9/in?key=secretabcd"));

        assertThat(tested)
                .contains(
                        "Test failed",
                        "which is a loopback, link-local, or metadata address",
                        "http://127.0.0.1:9/…abcd")
                .contains("Test of channel 'ops'")
                .doesNotContain("secretabcd");
        assertThat(unescaped(client.get("/settings/channels"))).contains("No channels yet");
    }

    /** The form is kept in the page for the sign-in, without what can be a secret. */
    @Test
    void formOfAnEndedSessionIsKeptWithoutItsSecret() {
        var client = signedIn("ann").with("Sec-Fetch-Site", "same-origin");
        var csrf = client.csrf("/settings/channels/new?type=SLACK");
        database.jdbc().update("delete from login_session");

        var asked = client.post(
                "/settings/channels", "type", "SLACK", "name", "ops-channel", "setting-url", URL, "_csrf", csrf);

        assertThat(asked.statusCode()).isEqualTo(401);
        var form = Pattern.compile("name=\"form\"[^>]*value=\"([^\"]+)\"").matcher(asked.body());
        assertThat(form.find()).isTrue();
        assertThat(new String(Base64.getUrlDecoder().decode(form.group(1)), StandardCharsets.UTF_8))
                .contains("ops-channel")
                .doesNotContain("secretabcd");
    }

    @Test
    void othersSeeNoChannels() {
        assertThat(signedIn("otto").get("/settings/channels").statusCode()).isEqualTo(403);
        assertThat(signedIn("otto").get("/api/v1/channels").statusCode()).isEqualTo(403);
    }
}
