package dev.cachewarden.notify.channel;

import static dev.cachewarden.notify.channel.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookTests {

    private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OLD = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    /** The example of the specification. */
    @Test
    void signatureIsThatOfStandardWebhooks() {
        assertThat(Webhook.signature(KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void requestHasASignatureForEachKey() {
        var request = webhook(List.of(KEY, OLD)).request(Messages.firing(), NOW);

        var signed = Messages.ID + "." + NOW.getEpochSecond() + "." + request.body();
        assertThat(request.headers())
                .containsEntry("webhook-id", Messages.ID.toString())
                .containsEntry("webhook-timestamp", Long.toString(NOW.getEpochSecond()))
                .containsEntry(
                        "webhook-signature", Webhook.signature(KEY, signed) + " " + Webhook.signature(OLD, signed));
    }

    @Test
    void repeatedRequestHasTheSameIdAndANewTime() {
        var first = webhook(List.of(KEY)).request(Messages.firing(), NOW);
        var second = webhook(List.of(KEY)).request(Messages.firing(), NOW.plusSeconds(60));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers()).containsEntry("webhook-id", first.headers().get("webhook-id"));
        assertThat(second.headers().get("webhook-signature"))
                .isNotEqualTo(first.headers().get("webhook-signature"));
    }

    @Test
    void requestWithoutAKeyHasNoSignature() {
        assertThat(webhook(List.of()).request(Messages.firing(), NOW).headers())
                .containsOnlyKeys("webhook-id", "webhook-timestamp");
    }

    private static Webhook webhook(List<String> keys) {
        return new Webhook(URI.create("https://hooks.example.com/in"), keys, "");
    }
}
