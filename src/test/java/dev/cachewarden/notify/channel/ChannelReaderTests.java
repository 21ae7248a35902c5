package dev.cachewarden.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.rest.InvalidInputException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelReaderTests {

    @ParameterizedTest
    @EnumSource
    void everyTypeIsReadable(ChannelType type) {
        assertThat(ChannelReader.read(type, ChannelRequestTests.settings(type))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SLACK     | ``                                             | url: is missing
            SLACK     | url=hooks.slack.com/x                          | url: must start with https:// or http:// and a host, without user, password, and fragment
            SLACK     | url=https://me:pw@hooks.slack.com/x            | url: must start with https:// or http:// and a host, without user, password, and fragment
            SLACK     | url=file:///etc/passwd                         | url: must start with https:// or http:// and a host, without user, password, and fragment
            SLACK     | url=https://a b                                | url: is no URL. Copy it again from the service
            SLACK     | url=https://a/b;topic=x                        | topic: is not a setting of this type. Its settings are url
            TEAMS     | url=https://acme.webhook.office.com/webhookb2/1 | url: is an Office 365 connector, which Microsoft has shut down. In Teams, open Workflows on the channel, create 'Post to a channel when a webhook request is received', and use its URL. Add a co-owner, because the workflow ends with the account of its owner
            TELEGRAM  | token=1:a/../b;chatId=me                       | token: must be a token such as 123456:ABC…; chatId: must be a number, or a name that starts with @
            WEBHOOK   | url=https://a/b;secret=whsec_???                | secret: must be whsec_ and Base64
            WEBHOOK   | url=https://a/b;secret=whsec_AAAA              | secret: must be whsec_ and 24 to 64 bytes in Base64
            WEBHOOK   | url=https://a/b;previousSecret=whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | previousSecret: requires the new secret
            PAGERDUTY | routingKey=short                               | routingKey: must be 32 letters and digits
            EMAIL     | host=smtp;from=a@b.example;to=ops              | to: must contain only addresses such as ops@example.com
            EMAIL     | host=smtp;from=a@b.example;to=a@b.example;port=0 | port: must be from 1 to 65535
            EMAIL     | host=smtp;from=a@b.example;to=a@b.example;security=none;user=u;password=p | security: must be tls or starttls, because the password would be sent without encryption
            EMAIL     | host=smtp;from=a@b.example;to=a@b.example;user=u | password: requires a user, and a user requires a password
            """)
    void errorsNameTheField(ChannelType type, String settings, String expected) {
        var map = settings.isEmpty()
                ? Map.<String, String>of()
                : Arrays.stream(settings.split(";"))
                        .map(setting -> setting.split("=", 2))
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ChannelReader.read(type, map))
                .withMessage(expected);
    }

    @Test
    void lineBreaksAreRejectedEverywhere() {
        for (var type : ChannelType.values()) {
            for (var field : type.fields()) {
                var settings = new HashMap<>(ChannelRequestTests.settings(type));
                settings.put(field.name(), "x\r\nBcc: evil@example.com");
                assertThatExceptionOfType(InvalidInputException.class)
                        .as(type + " " + field.name())
                        .isThrownBy(() -> ChannelReader.read(type, settings));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shownSettingsContainNoSecret(ChannelType type) {
        for (var field : type.fields()) {
            var value = ChannelRequestTests.settings(type).getOrDefault(field.name(), "");
            if (field.secret() && !value.isEmpty()) {
                var shown = ChannelReader.shown(field, value);
                assertThat(shown).doesNotContain(value).hasSizeLessThan(60);
            }
        }
        assertThat(ChannelReader.shown(
                        ChannelType.SLACK.fields().getFirst(), "https://hooks.slack.com/services/T0/B0/secretabcd"))
                .isEqualTo("https://hooks.slack.com/…abcd");
    }
}
