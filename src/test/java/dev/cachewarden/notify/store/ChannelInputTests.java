package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.rest.InvalidInputException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelInputTests {

    private final ChannelDraft before = ChannelDrafts.named("ops");

    @Test
    void absentValuesHaveTheirDefaults() {
        var draft = new ChannelInput(" ops ", "gotify", null, null, null, ChannelDrafts.SETTINGS).draft();

        assertThat(draft)
                .isEqualTo(new ChannelDraft(
                        "ops", ChannelType.GOTIFY, true, Severity.INFO, Map.of(), ChannelDrafts.SETTINGS));
    }

    @Test
    void absentOrShownSecretStays() {
        assertThat(change(Map.of("server", "https://gotify.example.com")).settings())
                .isEqualTo(ChannelDrafts.SETTINGS);
        assertThat(change(Map.of("server", "https://gotify.example.com", "token", "…ken1"))
                        .settings())
                .isEqualTo(ChannelDrafts.SETTINGS);
        assertThat(change(Map.of("server", "https://gotify.example.com", "token", "othertoken22"))
                        .settings())
                .containsEntry("token", "othertoken22");
    }

    /** Otherwise, a changed address would receive the stored secret. */
    @Test
    void changedAddressRequiresTheSecretAgain() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> change(Map.of("server", "https://evil.example")))
                .withMessage(
                        "settings.token: must be entered again, because 'server' changed. Otherwise the stored secret"
                                + " could be sent to another server");
        assertThat(change(Map.of("server", "https://new.example", "token", "othertoken22"))
                        .settings())
                .containsEntry("server", "https://new.example");
    }

    @Test
    void secretThatIsAnAddressStays() {
        var slack = new ChannelDraft(
                "ops",
                ChannelType.SLACK,
                true,
                Severity.INFO,
                Map.of(),
                Map.of("url", "https://hooks.slack.com/services/T0/B0/secretabcd"));

        var draft = new ChannelInput("dev", "SLACK", false, "critical", Map.of("env", "prod"), Map.of()).draft(slack);

        assertThat(draft.settings()).isEqualTo(slack.settings());
        assertThat(draft.enabled()).isFalse();
    }

    @Test
    void errorsNameTheFields() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new ChannelInput("", "SLACK", null, null, null, null).draft())
                .withMessage("name: must be 1 to 64 characters on one line; settings.url: is missing");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> new ChannelInput("ops", "pigeon", null, "loud", null, null).draft())
                .withMessageContaining("type: must be one of WEBHOOK, EMAIL")
                .withMessageContaining("leastSeverity: must be one of INFO, WARNING, CRITICAL");
    }

    private ChannelDraft change(Map<String, String> settings) {
        return new ChannelInput("ops", "GOTIFY", null, null, null, settings).draft(before);
    }
}
