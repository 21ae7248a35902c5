package dev.cachewarden.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.connection.Failures;
import dev.cachewarden.engine.connection.MutualTls;
import dev.cachewarden.engine.connection.TimeLimit;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.StreamReadException;

/**
 * Requests and answers with one engine, each under a total deadline and a size limit.
 *
 * <p>Each exchange runs on a virtual thread of its own, which is interrupted at the deadline: docker-java's own timeouts
 * count single reads, and do not count at all on unix sockets.
 */
final class HttpExchange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final HostConnection host;
    private final Failures failures;
    private final EngineSettings settings;
    private final DockerHttpClient client;

    /** What to ask. */
    record Ask(String method, String path, Duration limit) {

        /** Method and path, without what follows the question mark. */
        String endpoint() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }
    }

    /** Makes a value of an answer while it comes in. */
    @FunctionalInterface
    interface AnswerReader<T> {
        T read(Answer answer) throws IOException;
    }

    HttpExchange(HostConnection host, EngineSettings settings) {
        this.host = host;
        this.failures = new Failures(host);
        this.settings = settings;
        this.client = client(host, settings);
    }

    Failures failures() {
        return failures;
    }

    /** Asks; an answer with a status of 400 and above is a refusal. */
    <T> T ask(Ask ask, AnswerReader<T> reader) {
        return askAnyStatus(ask, answer -> {
            if (answer.status() >= 400) {
                throw new EngineRefusedException(
                        host.name(), ask.endpoint(), Integer.toString(answer.status()), answer.errorMessage());
            }
            return reader.read(answer);
        });
    }

    /** Asks, whatever the status of the answer. */
    <T> T askAnyStatus(Ask ask, AnswerReader<T> reader) {
        try {
            return TimeLimit.within(ask.limit(), failures, ask.endpoint(), () -> exchange(ask, reader));
        } catch (ExecutionException e) {
            throw HttpFailures.told(failures, ask.endpoint(), e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T exchange(Ask ask, AnswerReader<T> reader) throws IOException {
        var request = Request.builder().method(ask.method()).path(ask.path());
        if (ask.method().equals("POST")) {
            // A body that can be sent only once: with any other the client sends the request again after a 503 or 429.
            request.body(new ByteArrayInputStream(new byte[0]));
        }
        try (Response response = client.execute(request.build())) {
            var body = new LimitedInputStream(
                    response.getBody(), settings.maxAnswerSize().toBytes());
            return read(new Answer(response.getStatusCode(), response::getHeader, body), body, reader);
        }
    }

    private static <T> T read(Answer answer, LimitedInputStream body, AnswerReader<T> reader) throws IOException {
        try {
            return reader.read(answer);
        } catch (StreamReadException e) {
            // Where a text is cut decides what the parser complains of, so do not ask it.
            if (body.ended()) {
                throw new BadAnswerException(HttpFailures.CUT);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("Closing the connection to {} failed", host.name(), e);
        }
    }

    private static DockerHttpClient client(HostConnection host, EngineSettings settings) {
        var builder = new ZerodepDockerHttpClient.Builder()
                .dockerHost(uri(host.address()))
                .maxConnections(2)
                .connectionTimeout(settings.connectTimeout());
        if (host.address() instanceof HostAddress.TlsTcp tls) {
            // Not docker-java's own LocalDirectorySSLConfig: with a file missing it makes the client speak plain.
            var context = MutualTls.of(host, tls.files()).context();
            builder.sslConfig(() -> context);
        }
        return builder.build();
    }

    private static URI uri(HostAddress address) {
        try {
            return address instanceof HostAddress.UnixSocket socket
                    ? new URI("unix", "", socket.path().toString(), null, null)
                    : new URI(address.text());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + address.text() + "' is not an address", e);
        }
    }
}
