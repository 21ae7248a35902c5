package dev.cachewarden.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the answers of services mean. */
class VerdictTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
            SLACK        | 200 | -  | ok                                             | sent
            SLACK        | 200 | -  | no_service                                     | refused: It answered with status 200: no_service
            SLACK        | 403 | -  | channel_is_archived                            | refused: It answered with status 403: channel_is_archived
            SLACK        | 429 | 30 | rate_limited                                   | retry after PT30S
            SLACK        | 500 | -  | ``                                             | retry
            MATTERMOST   | 200 | -  | ok                                             | sent
            ROCKET_CHAT  | 200 | -  | {"success":false}                              | refused: It answered with status 200: {"success":false}
            ROCKET_CHAT  | 200 | -  | {"success":true}                               | sent
            TEAMS        | 202 | -  | ``                                             | sent
            TEAMS        | 429 | 10 | ``                                             | retry after PT10S
            DISCORD      | 204 | -  | ``                                             | sent
            DISCORD      | 429 | 65 | {"message":"You are being rate limited.","retry_after":64.57,"global":false} | retry after PT1M4.57S
            DISCORD      | 404 | -  | {"message":"Unknown Webhook","code":10015}     | refused: It answered with status 404: {"message":"Unknown Webhook","code":10015}
            TELEGRAM     | 200 | -  | {"ok":true,"result":{}}                        | sent
            TELEGRAM     | 429 | -  | {"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}} | retry after PT35S
            TELEGRAM     | 403 | -  | {"ok":false,"description":"Forbidden: bot was kicked"} | refused: It answered with status 403: {"ok":false,"description":"Forbidden: bot was kicked"}
            TELEGRAM     | 400 | -  | {"ok":false,"parameters":{"migrate_to_chat_id":-100987}} | refused: The group is now a supergroup. Set the chat ID of the channel to -100987.
            NTFY         | 200 | -  | {}                                             | sent
            NTFY         | 507 | -  | ``                                             | retry
            GOTIFY       | 200 | -  | {}                                             | sent
            GOTIFY       | 401 | -  | ``                                             | refused: It answered with status 401.
            PAGERDUTY    | 202 | -  | {"status":"success"}                           | sent
            PAGERDUTY    | 400 | -  | {"status":"invalid event"}                     | refused: It answered with status 400: {"status":"invalid event"}
            PAGERDUTY    | 429 | -  | ``                                             | retry
            ALERTMANAGER | 200 | -  | ``                                             | sent
            ALERTMANAGER | 400 | -  | bad                                            | refused: It answered with status 400: bad
            APPRISE      | 200 | -  | ``                                             | sent
            APPRISE      | 204 | -  | ``                                             | refused: Apprise has no configuration with this key, so it sent nothing. Check the key.
            APPRISE      | 424 | -  | ``                                             | refused: Apprise could not reach all of its services. Cachewarden does not send the message again, because the other services have received it. Check the log of Apprise.
            APPRISE      | 500 | -  | ``                                             | retry
            WEBHOOK      | 204 | -  | ``                                             | sent
            WEBHOOK      | 408 | -  | ``                                             | retry
            WEBHOOK      | 425 | -  | ``                                             | retry
            WEBHOOK      | 503 | Mon, 30 Nov 2026 12:02:00 GMT | ``                  | retry after PT2M
            WEBHOOK      | 503 | soon | ``                                           | retry
            WEBHOOK      | 302 | -  | ``                                             | refused: It answered with a redirect (status 302). Set the final URL, because Cachewarden follows no redirects.
            WEBHOOK      | 410 | -  | ``                                             | refused: It answered with status 410.
            """)
    void answersMean(ChannelType type, int status, String retryAfter, String body, String expected) {
        var outcome = ChannelRequestTests.http(type)
                .judge(new Answer(status, retryAfter, body == null ? "" : body), Messages.NOW);

        assertThat(text(outcome)).isEqualTo(expected);
    }

    @Test
    void longBodyIsCut() {
        var outcome = ChannelRequestTests.http(ChannelType.WEBHOOK)
                .judge(new Answer(400, null, "x".repeat(5_000)), Messages.NOW);

        assertThat(text(outcome)).hasSizeLessThan(300).endsWith("…");
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Sent sent -> "sent";
            case Outcome.Retry retry -> "retry" + after(retry.after());
            case Outcome.Refused refused -> "refused: " + refused.why();
        };
    }

    private static String after(@Nullable Duration after) {
        return after == null ? "" : " after " + after;
    }
}
