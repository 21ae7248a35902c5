package dev.cachewarden.notify.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Notification.Kind;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelReader;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.notify.channel.Message;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.testing.SettableClock;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails to a real SMTP server. */
class MailWireTests {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private final GreenMail plain = new GreenMail(setup(ServerSetup.PROTOCOL_SMTP));
    private final GreenMail encrypted = new GreenMail(setup(ServerSetup.PROTOCOL_SMTPS));
    private final BoundedSender sender = new BoundedSender(
            new Targets(List.of("127.0.0.1"), InetAddress::getAllByName),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            new SettableClock(NOW.toString()),
            Duration.ofSeconds(5));

    /** The default limit of 2 seconds is too short for a busy machine. */
    private static ServerSetup setup(String protocol) {
        var setup = new ServerSetup(0, "127.0.0.1", protocol);
        setup.setServerStartupTimeout(60_000);
        return setup;
    }

    @BeforeEach
    void start() {
        plain.start();
        encrypted.start();
    }

    @AfterEach
    void stop() {
        plain.stop();
        encrypted.stop();
        sender.destroy();
    }

    @Test
    void mailArrivesWithBothPartsAndItsThread() throws Exception {
        var attempt = send(plain.getSmtp().getPort(), Map.of("security", "none"), Kind.FIRING, "Grüße from ci-1 😀");
        send(plain.getSmtp().getPort(), Map.of("security", "none"), Kind.RESOLVED, "Grüße from ci-1 😀");

        assertThat(attempt.outcome()).isEqualTo(new Outcome.Sent());
        assertThat(plain.waitForIncomingEmail(5_000, 2)).isTrue();
        var mails = plain.getReceivedMessages();
        assertThat(mails[0].getSubject()).isEqualTo("Warning: Grüße from ci-1 😀");
        assertThat(mails[0].getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mails[0].getMessageID()).endsWith("@example.com>");
        assertThat(mails[1].getSubject()).isEqualTo("Resolved: Grüße from ci-1 😀");
        assertThat(mails[1].getHeader("References")).isEqualTo(mails[0].getHeader("References"));
        assertThat(mails[0].getContent()).isInstanceOf(MimeMultipart.class);
        assertThat(GreenMailUtil.getBody(mails[0])).contains("text/plain", "text/html");
    }

    @Test
    void certificateMustBeTrusted() {
        var attempt = send(encrypted.getSmtps().getPort(), Map.of("security", "tls"), Kind.FIRING, "Title");

        assertThat(attempt.outcome()).isInstanceOf(Outcome.Retry.class);
        assertThat(attempt.problem()).contains("did not accept the mail");
        assertThat(encrypted.getReceivedMessages()).isEmpty();
    }

    @Test
    void serverWithoutStarttlsGetsNoMailAndNoPassword() {
        var attempt = send(
                plain.getSmtp().getPort(),
                Map.of("security", "starttls", "user", "me", "password", "secretsecret"),
                Kind.FIRING,
                "Title");

        assertThat(attempt.outcome()).isInstanceOf(Outcome.Retry.class);
        assertThat(attempt.problem()).contains("STARTTLS").doesNotContain("secretsecret");
        assertThat(plain.getReceivedMessages()).isEmpty();
    }

    @Test
    void serverThatHangsIsLeftAfterTheTimeLimit() throws IOException {
        var impatient = new BoundedSender(
                new Targets(List.of("127.0.0.1"), InetAddress::getAllByName),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new SettableClock(NOW.toString()),
                Duration.ofMillis(300));
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var attempt = impatient.send(
                    ChannelReader.read(ChannelType.EMAIL, settings(server.getLocalPort(), Map.of("security", "none"))),
                    List.of(message(Kind.FIRING, "Title")));

            assertThat(attempt.outcome()).isInstanceOf(Outcome.Retry.class);
        } finally {
            impatient.destroy();
        }
    }

    private Attempt send(int port, Map<String, String> more, Kind kind, String title) {
        return sender.send(ChannelReader.read(ChannelType.EMAIL, settings(port, more)), List.of(message(kind, title)));
    }

    private static Map<String, String> settings(int port, Map<String, String> more) {
        var settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "host", "127.0.0.1",
                "port", Integer.toString(port),
                "from", "cache@example.com",
                "to", "ops@example.com"));
        return settings;
    }

    private static Message message(Kind kind, String title) {
        return Message.of(
                new Notification(
                        UUID.randomUUID(),
                        "k",
                        kind,
                        Severity.WARNING,
                        title,
                        "Text",
                        List.of(),
                        "/",
                        NOW,
                        NOW,
                        Map.of()),
                "https://cache.example.com");
    }
}
