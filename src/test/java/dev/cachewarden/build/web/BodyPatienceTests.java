package dev.cachewarden.build.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** The Tomcat that is in use, over real connections, with a patience so short that a test can wait for its end. */
class BodyPatienceTests {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Less than the long one and more than anything here takes. */
    private static final int GIVEN_UP_BY_THE_TEST = 120_000;

    private final CompletableFuture<IOException> gaveUp = new CompletableFuture<>();
    private @Nullable WebServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void aBodyThatIsSilentIsGivenUp() throws IOException {
        start(SHORT, LONG);
        try (var connection = post("/ordinary", 10, "12345")) {
            assertThat(rest(connection)).doesNotContain("read 10");
        }
    }

    @Test
    void anotherOneIsWaitedForAsLongAsItMayBeSilent() throws IOException {
        start(SHORT, LONG);
        try (var patient = post("/patient", 10, "12345");
                var ordinary = post("/ordinary", 10, "12345")) {
            // It began later, and is given up when the other has been silent for longer.
            rest(ordinary);
            send(patient, "67890");

            assertThat(rest(patient)).contains("HTTP/1.1 200").contains("read 10");
        }
    }

    @Test
    void andForNoLonger() throws IOException {
        start(LONG, SHORT);
        try (var connection = post("/patient", 10, "12345")) {
            assertThat(connection.isConnected()).isTrue();
            assertThat(gaveUp).succeedsWithin(Duration.ofMillis(GIVEN_UP_BY_THE_TEST));
        }
    }

    /** Tomcat reads the rest of a body that nobody wanted, so that the connection can be used again. */
    @Test
    void itIsOverWithTheAnswer() throws IOException {
        start(SHORT, LONG);
        try (var connection = post("/unread", 10, "12345")) {
            assertThat(rest(connection)).contains("HTTP/1.1 200");
        }
    }

    @Test
    void theNextRequestOnTheSameConnectionIsAsAnyOther() throws IOException {
        start(SHORT, LONG);
        // Both at once: Tomcat begins with the second without looking at the connection anew.
        String second = "POST /ordinary HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n1";
        try (var connection = post("/patient", 10, "1234567890" + second)) {
            assertThat(rest(connection)).contains("read 10").doesNotContain("read 9");
        }
    }

    private void start(Duration ordinary, Duration patient) {
        var factory = new TomcatServletWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        UploadPatience.patientWithSomeBodies().customize(factory);
        factory.addConnectorCustomizers(connector ->
                ((AbstractProtocol<?>) connector.getProtocolHandler()).setConnectionTimeout((int) ordinary.toMillis()));
        server = factory.getWebServer(context ->
                context.addServlet("reader", new Reader(patient, gaveUp)).addMapping("/*"));
        server.start();
    }

    private Socket post(String path, int length, String body) throws IOException {
        var connection = new Socket(
                InetAddress.getLoopbackAddress(), Objects.requireNonNull(server).getPort());
        connection.setSoTimeout(GIVEN_UP_BY_THE_TEST);
        send(
                connection,
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n\r\n" + body);
        return connection;
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** All that comes until Tomcat closes the connection. */
    private static String rest(Socket connection) throws IOException {
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static final class Reader extends HttpServlet {

        private final transient Duration patient;

        private final transient CompletableFuture<IOException> gaveUp;

        private Reader(Duration patient, CompletableFuture<IOException> gaveUp) {
            this.patient = patient;
            this.gaveUp = gaveUp;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            switch (request.getRequestURI()) {
                case "/patient" -> {
                    try (var patience = BodyPatience.of(request, patient)) {
                        read(request, response);
                    }
                }
                case "/unread" -> BodyPatience.of(request, patient).close();
                default -> read(request, response);
            }
        }

        private void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter().print("read " + request.getInputStream().readAllBytes().length);
            } catch (IOException e) {
                gaveUp.complete(e);
                throw e;
            }
        }
    }
}
