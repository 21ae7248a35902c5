package dev.cachewarden.notify.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Notification;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Channel;
import dev.cachewarden.notify.channel.ChannelReader;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.notify.channel.Message;
import dev.cachewarden.notify.channel.Outcome;
import dev.cachewarden.testing.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to servers that answer, hang, redirect, send too much, or do not exist. */
class BoundedSenderTests {

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();

    private final BoundedSender sender = sender(List.of("127.0.0.1"), Duration.ofSeconds(5));

    @AfterEach
    void close() throws Exception {
        for (var one : open) {
            one.close();
        }
        sender.destroy();
    }

    @Test
    void answerDecides() throws IOException {
        var attempt = send(server(200, "ok"));

        assertThat(attempt.outcome()).isEqualTo(new Outcome.Sent());
        assertThat(attempt.status()).isEqualTo(200);
        assertThat(attempt.answer()).isEqualTo("ok");
        assertThat(received)
                .singleElement()
                .asString()
                .startsWith("/in?key=abcdefgh {\"type\":\"notification.firing\"");
    }

    @Test
    void largeAnswerIsCut() throws IOException {
        var attempt = send(server(500, "x".repeat(1_000_000)));

        assertThat(attempt.outcome()).isInstanceOf(Outcome.Retry.class);
        assertThat(attempt.answer()).hasSize(2_048);
    }

    @Test
    void secretsInAnswersAreRedacted() throws IOException {
        var attempt = send(server(400, "no such key: key=abcdefgh"));

        assertThat(attempt.answer()).isEqualTo("no such key: ‹secret›");
        assertThat(attempt.problem()).isEqualTo("It answered with status 400: no such key: ‹secret›");
        assertThat(attempt.request()).doesNotContain("abcdefgh");
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        var attempt = send(server(302, ""));

        assertThat(attempt.outcome()).isInstanceOf(Outcome.Refused.class);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and more"
            })
    void answersOfEveryFormAreRead(String answer) throws IOException {
        var attempt = send(raw(answer));

        assertThat(attempt.status()).isEqualTo(200);
        assertThat(attempt.answer()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                ""
            })
    void brokenAnswersAreTriedAgain(String answer) throws IOException {
        var attempt = send(raw(answer));

        assertThat(attempt.status()).isNull();
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        retry -> assertThat(retry.unanswered()).isTrue());
    }

    @Test
    void serverThatHangsIsLeftAfterTheTimeLimit() throws IOException {
        var impatient = sender(List.of("127.0.0.1"), Duration.ofMillis(300));
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);

        var attempt = impatient.send(webhook("http://127.0.0.1:" + server.getLocalPort() + "/in"), List.of(message()));

        assertThat(attempt.outcome()).isEqualTo(new Outcome.Retry(null, true, "127.0.0.1 did not answer within 0 s."));
        impatient.destroy();
    }

    @Test
    void unknownHostAndClosedPortAreTriedAgain() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(sender.send(webhook("https://nowhere.invalid/in"), List.of(message()))
                        .outcome())
                .isEqualTo(new Outcome.Retry(null, false, "The host name nowhere.invalid cannot be resolved."));
        assertThat(sender.send(webhook("http://127.0.0.1:" + port + "/in"), List.of(message()))
                        .outcome())
                .isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
                    assertThat(retry.unanswered()).isFalse();
                    assertThat(retry.why()).startsWith("No answer from 127.0.0.1: ");
                });
    }

    @Test
    void certificateMustBeTrusted() throws IOException {
        var attempt = send(raw("not TLS").replace("http:", "https:"));

        assertThat(attempt.problem()).startsWith("No TLS connection to 127.0.0.1: ");
    }

    @Test
    void loopbackIsRefusedWithoutTheSetting() throws IOException {
        var strict = sender(List.of(), Duration.ofSeconds(5));

        var attempt = strict.send(webhook(server(200, "ok")), List.of(message()));

        assertThat(attempt.outcome())
                .isEqualTo(
                        new Outcome.Refused(
                                "127.0.0.1 has the address 127.0.0.1, which is a loopback, link-local, or"
                                        + " metadata address. If this is intended, add 127.0.0.1 to cachewarden.notify.allowed-hosts."));
        assertThat(received).isEmpty();
        strict.destroy();
    }

    private Attempt send(String url) {
        return sender.send(webhook(url), List.of(message()));
    }

    private static BoundedSender sender(List<String> allowed, Duration total) {
        return new BoundedSender(
                new Targets(allowed, InetAddress::getAllByName),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new SettableClock("2026-11-30T12:00:00Z"),
                total);
    }

    private static Channel webhook(String url) {
        return ChannelReader.read(ChannelType.WEBHOOK, Map.of("url", url));
    }

    private static Message message() {
        var now = Instant.parse("2026-11-30T12:00:00Z");
        return Message.of(
                new Notification(
                        UUID.randomUUID(),
                        "k",
                        Notification.Kind.FIRING,
                        Severity.WARNING,
                        "Title",
                        "Text",
                        List.of(new Fact("Free", "1 GiB")),
                        "/hosts/1",
                        now,
                        now,
                        Map.of()),
                "");
    }

    private String server(int status, String body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            received.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders()
                    .set("Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/next");
            exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        open.add(() -> server.stop(0));
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/in?key=abcdefgh";
    }

    /** Sends an answer as it is, after the first bytes of a request. */
    private String raw(String answer) throws IOException {
        var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        open.add(server);
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                var in = socket.getInputStream();
                byte[] buffer = new byte[8_192];
                int read = in.read(buffer);
                assertThat(read).isPositive();
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
            } catch (IOException e) {
                received.add("failed: " + e.getMessage());
            }
        });
        return "http://127.0.0.1:" + server.getLocalPort() + "/in";
    }
}
