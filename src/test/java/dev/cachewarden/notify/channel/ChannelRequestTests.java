package dev.cachewarden.notify.channel;

import static dev.cachewarden.notify.channel.Messages.NOW;
import static dev.cachewarden.notify.channel.Messages.firing;
import static dev.cachewarden.notify.channel.Messages.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.test.json.JsonAssert;
import org.springframework.test.json.JsonCompareMode;

/** The requests of all channels, compared with the formats that the services document. */
class ChannelRequestTests {

    static final Map<ChannelType, Map<String, String>> SETTINGS = Map.ofEntries(
            Map.entry(
                    ChannelType.WEBHOOK,
                    Map.of(
                            "url",
                            "https://hooks.example.com/in?key=s3cretkey",
                            "secret",
                            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                            "previousSecret",
                            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                            "authorization",
                            "Bearer abcdefghijkl")),
            Map.entry(
                    ChannelType.EMAIL,
                    Map.of("host", "smtp.example.com", "from", "cache@example.com", "to", "ops@example.com")),
            Map.entry(ChannelType.SLACK, Map.of("url", "https://hooks.slack.com/services/T0/B0/secretsecret")),
            Map.entry(ChannelType.MATTERMOST, Map.of("url", "https://chat.example.com/hooks/secretsecret")),
            Map.entry(ChannelType.ROCKET_CHAT, Map.of("url", "https://chat.example.com/hooks/a/secretsecret")),
            Map.entry(ChannelType.TEAMS, Map.of("url", "https://x.logic.azure.com/workflows/1?sig=secretsecret")),
            Map.entry(ChannelType.DISCORD, Map.of("url", "https://discord.com/api/webhooks/1/secretsecret")),
            Map.entry(
                    ChannelType.TELEGRAM, Map.of("token", "123456:secretsecret", "chatId", "-100123", "threadId", "7")),
            Map.entry(ChannelType.NTFY, Map.of("topic", "secrettopic", "token", "tk_secretsecret")),
            Map.entry(ChannelType.GOTIFY, Map.of("server", "https://gotify.example.com/", "token", "secretsecret")),
            Map.entry(ChannelType.PAGERDUTY, Map.of("routingKey", "secretsecretsecretsecretsecretse")),
            Map.entry(
                    ChannelType.ALERTMANAGER,
                    Map.of("server", "https://am.example.com", "authorization", "Basic secretsecret")),
            Map.entry(
                    ChannelType.APPRISE,
                    Map.of("server", "https://apprise.example.com", "key", "secretkey", "tag", "ops")));

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(ChannelType.SLACK, "https://hooks.slack.com/services/T0/B0/secretsecret", """
                        {"text": "Warning: Free space is low on ci-1", "blocks": [
                          {"type": "header", "text": {"type": "plain_text", "text": "Warning: Free space is low on ci-1"}},
                          {"type": "section", "text": {"type": "mrkdwn", "text": "12.4 GiB of 200 GiB are free.", "verbatim": true}},
                          {"type": "section", "fields": [
                            {"type": "mrkdwn", "text": "*Free*\\n12.4 GiB", "verbatim": true},
                            {"type": "mrkdwn", "text": "*Growth*\\n18 GiB a day", "verbatim": true}]},
                          {"type": "context", "elements": [{"type": "mrkdwn", "verbatim": true,
                            "text": "Since 2026-11-30 11:40 UTC · <https://cache.example.com/hosts/7|Open in Cachewarden>"}]}]}"""),
                Arguments.of(ChannelType.MATTERMOST, "https://chat.example.com/hooks/secretsecret", """
                        {"username": "Cachewarden", "attachments": [{"color": "#f9a825",
                          "title": "Warning: Free space is low on ci-1", "title_link": "https://cache.example.com/hosts/7",
                          "fields": [{"title": "Free", "value": "12.4 GiB", "short": true}, {"title": "Growth"}]}]}"""),
                Arguments.of(ChannelType.TEAMS, "https://x.logic.azure.com/workflows/1?sig=secretsecret", """
                        {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive",
                          "content": {"type": "AdaptiveCard", "version": "1.4", "msteams": {"width": "Full"},
                            "actions": [{"type": "Action.OpenUrl", "url": "https://cache.example.com/hosts/7"}]}}]}"""),
                Arguments.of(ChannelType.DISCORD, "https://discord.com/api/webhooks/1/secretsecret", """
                        {"username": "Cachewarden", "allowed_mentions": {"parse": []}, "embeds": [
                          {"url": "https://cache.example.com/hosts/7", "color": 16361509,
                           "fields": [{"name": "Free", "value": "12.4 GiB", "inline": true}, {"name": "Growth"}]}]}"""),
                Arguments.of(ChannelType.TELEGRAM, "https://api.telegram.org/bot123456:secretsecret/sendMessage", """
                        {"chat_id": "-100123", "message_thread_id": 7, "link_preview_options": {"is_disabled": true},
                         "entities": [{"type": "bold", "offset": 0, "length": 34}],
                         "text": "Warning: Free space is low on ci-1\\n12.4 GiB of 200 GiB are free.\\n\\nFree: 12.4 GiB\\nGrowth: 18 GiB a day\\nSince: 2026-11-30 11:40 UTC\\n\\nhttps://cache.example.com/hosts/7"}"""),
                Arguments.of(ChannelType.NTFY, "https://ntfy.sh", """
                        {"topic": "secrettopic", "title": "Warning: Free space is low on ci-1", "priority": 4,
                         "tags": ["warning"], "click": "https://cache.example.com/hosts/7"}"""),
                Arguments.of(ChannelType.GOTIFY, "https://gotify.example.com/message", """
                        {"title": "Warning: Free space is low on ci-1", "priority": 5,
                         "extras": {"client::display": {"contentType": "text/plain"},
                           "client::notification": {"click": {"url": "https://cache.example.com/hosts/7"}}}}"""),
                Arguments.of(ChannelType.PAGERDUTY, "https://events.pagerduty.com/v2/enqueue", """
                        {"routing_key": "secretsecretsecretsecretsecretse", "event_action": "trigger",
                         "dedup_key": "disk-free:7", "links": [{"href": "https://cache.example.com/hosts/7"}],
                         "payload": {"summary": "Free space is low on ci-1", "source": "ci-1", "severity": "warning",
                           "custom_details": {"Free": "12.4 GiB"}}}"""),
                Arguments.of(ChannelType.ALERTMANAGER, "https://am.example.com/api/v2/alerts", """
                        [{"labels": {"alertname": "Cachewarden_disk-free", "severity": "warning", "host": "ci-1",
                            "rule": "disk-free", "cachewarden_key": "disk-free:7"},
                          "annotations": {"summary": "Free space is low on ci-1"},
                          "startsAt": "2026-11-30T11:40:00Z", "endsAt": "2026-12-01T13:00:00Z",
                          "generatorURL": "https://cache.example.com/hosts/7"}]"""),
                Arguments.of(ChannelType.APPRISE, "https://apprise.example.com/notify/secretkey", """
                        {"title": "Warning: Free space is low on ci-1", "type": "warning", "format": "text", "tag": "ops"}"""),
                Arguments.of(ChannelType.WEBHOOK, "https://hooks.example.com/in?key=s3cretkey", """
                        {"type": "notification.firing", "timestamp": "2026-11-30T12:00:00Z",
                         "data": {"id": "0b6f6a3e-7f3c-4f59-9b0a-3d1f2a5c7e11", "key": "disk-free:7", "kind": "FIRING",
                           "severity": "WARNING", "title": "Free space is low on ci-1",
                           "facts": [{"label": "Free", "value": "12.4 GiB"}, {"label": "Growth", "value": "18 GiB a day"}],
                           "link": "https://cache.example.com/hosts/7", "since": "2026-11-30T11:40:00Z",
                           "labels": {"host": "ci-1", "rule": "disk-free"}}}"""));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestHasTheDocumentedForm(ChannelType type, String url, String body) {
        var request = http(type).request(firing(), NOW);

        assertThat(request.url()).hasToString(url);
        JsonAssert.comparator(JsonCompareMode.LENIENT).assertIsMatch(body, request.body());
    }

    @Test
    void headersCarryTheCredentials() {
        assertThat(http(ChannelType.NTFY).request(firing(), NOW).headers())
                .isEqualTo(Map.of("Authorization", "Bearer tk_secretsecret"));
        assertThat(http(ChannelType.GOTIFY).request(firing(), NOW).headers())
                .isEqualTo(Map.of("X-Gotify-Key", "secretsecret"));
        assertThat(http(ChannelType.ALERTMANAGER).request(firing(), NOW).headers())
                .isEqualTo(Map.of("Authorization", "Basic secretsecret"));
        assertThat(http(ChannelType.SLACK).request(firing(), NOW).headers()).isEmpty();
    }

    @Test
    void resolvedMessagesCloseWhatTheirFiringOnesOpened() {
        assertThat(http(ChannelType.PAGERDUTY).request(resolved(), NOW).body())
                .contains("\"event_action\":\"resolve\"", "\"dedup_key\":\"disk-free:7\"");
        assertThat(http(ChannelType.ALERTMANAGER).request(resolved(), NOW).body())
                .contains("\"endsAt\":\"2026-11-30T12:00:00Z\"");
        assertThat(http(ChannelType.NTFY).request(resolved(), NOW).body()).contains("white_check_mark", "Resolved: ");
        assertThat(http(ChannelType.APPRISE).request(resolved(), NOW).body()).contains("\"type\":\"success\"");
    }

    @Test
    void alertmanagerTakesSeveralAlertsTogether() {
        var request = http(ChannelType.ALERTMANAGER).together(List.of(firing(), resolved()), NOW);

        assertThat(Json.read(request.orElseThrow().body())).hasSize(2);
        assertThat(http(ChannelType.SLACK).together(List.of(firing(), resolved()), NOW))
                .isEmpty();
    }

    /** The texts have 40,000 astral characters, 26 facts, and markup of every service. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMAIL")
    void longTextsStayWithinTheLimits(ChannelType type) {
        var emoji = "😀".repeat(20_000);
        var message = Messages.of(
                Kind.FIRING,
                "<&>*_@everyone " + emoji,
                "<&>*_@everyone " + emoji,
                Collections.nCopies(30, new Fact("*label* " + emoji, "<!channel> @here " + emoji)));

        var body = http(type).request(message, NOW).body();

        assertThat(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .as("no half of a surrogate pair becomes ?")
                .asString(java.nio.charset.StandardCharsets.UTF_8)
                .isEqualTo(body);
        var json = Json.read(body);
        switch (type) {
            case SLACK -> {
                assertThat(json.at("/blocks/0/text/text").asString().length()).isLessThanOrEqualTo(150);
                assertThat(json.at("/blocks/1/text/text").asString().length()).isLessThanOrEqualTo(3_000);
                assertThat(json.at("/blocks/2/fields"))
                        .hasSize(10)
                        .allSatisfy(field -> assertThat(
                                        field.path("text").asString().length())
                                .isLessThanOrEqualTo(2_000));
                assertThat(body).doesNotContain("<!channel>").contains("&lt;!channel&gt;");
            }
            case TEAMS -> assertThat(Cut.size(body)).isLessThanOrEqualTo(27_000);
            case DISCORD -> {
                var embed = json.at("/embeds/0");
                int fields = embed.path("fields")
                        .valueStream()
                        .mapToInt(field -> field.path("name").asString().length()
                                + field.path("value").asString().length())
                        .sum();
                assertThat(embed.path("title").asString().length()).isLessThanOrEqualTo(256);
                assertThat(embed.path("description").asString().length()).isLessThanOrEqualTo(4_096);
                assertThat(fields
                                + embed.path("title").asString().length()
                                + embed.path("description").asString().length())
                        .isLessThanOrEqualTo(6_000);
            }
            case TELEGRAM -> {
                assertThat(json.path("text").asString().length()).isLessThanOrEqualTo(4_096);
                assertThat(json.path("text").asString()).endsWith("\n\nhttps://cache.example.com/hosts/7");
            }
            case NTFY -> assertThat(Cut.size(json.path("message").asString())).isLessThanOrEqualTo(4_096);
            case PAGERDUTY -> {
                assertThat(json.at("/payload/summary").asString().length()).isLessThanOrEqualTo(1_024);
                assertThat(Cut.size(body)).isLessThanOrEqualTo(512_000);
            }
            default -> assertThat(json.isMissingNode()).isFalse();
        }
    }

    @Test
    void markupAndMentionsAppearAsText() {
        var message = Messages.of(
                Kind.FIRING, "@everyone *bold*", "[link](https://evil.example) <@U1> @channel `x`", List.of());

        assertThat(http(ChannelType.SLACK).request(message, NOW).body()).contains("&lt;@U1&gt;");
        assertThat(Json.read(http(ChannelType.DISCORD).request(message, NOW).body())
                        .at("/embeds/0/title")
                        .asString())
                .isEqualTo("Warning\\: @\u200Beveryone \\*bold\\*");
        assertThat(Json.read(http(ChannelType.MATTERMOST).request(message, NOW).body())
                        .at("/attachments/0/text")
                        .asString())
                .startsWith("\\[link\\]\\(https\\://evil.example\\) \\<@\u200BU1\\> @\u200Bchannel \\`x\\`");
    }

    @Test
    void unknownBaseUrlLeavesOutTheLink() {
        var message = new Message(firing().notification(), null);
        for (var type : ChannelType.values()) {
            if (type != ChannelType.EMAIL) {
                assertThat(http(type).request(message, NOW).body()).doesNotContain("null", "/hosts/7");
            }
        }
    }

    /** A shown request appears on a page and in a response. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EMAIL")
    void shownRequestContainsNoSecret(ChannelType type) {
        var channel = http(type);
        var request = channel.request(firing(), NOW);

        var shown = channel.redact(request.shown());

        var secrets = type.fields().stream()
                .filter(ChannelType.Field::secret)
                .map(field -> settings(type).getOrDefault(field.name(), ""))
                .filter(secret -> !secret.isEmpty())
                .toList();
        assertThat(secrets).isNotEmpty();
        assertThat(shown).doesNotContain(secrets).doesNotContain("secretsecret");
        assertThat(request.toString()).doesNotContain("secretsecret", "/in?", "bot123456");
    }

    static Map<String, String> settings(ChannelType type) {
        return SETTINGS.getOrDefault(type, Map.of());
    }

    static HttpChannel http(ChannelType type) {
        return (HttpChannel) ChannelReader.read(type, settings(type));
    }
}
