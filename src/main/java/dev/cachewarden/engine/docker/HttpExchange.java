package dev.cachewarden.engine.docker;

import com.github.dockerjava.zerodep.shaded.org.apache.hc.core5.http.ClassicHttpResponse;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.engine.HostTime;
import dev.cachewarden.engine.TimeLimit;
import dev.cachewarden.host.HostConnection;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.StreamReadException;

/**
 * Sends requests to one engine, each with a total deadline and a size limit.
 *
 * <p>Each exchange runs on its own virtual thread, which is interrupted at the deadline. Socket timeouts limit only single reads, and do
 * not apply to Unix sockets. Only the time spent waiting for the engine counts.
 */
final class HttpExchange implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    private final HostConnection host;
    private final Failures failures;
    private final EngineSettings settings;
    private final BoundedHttp client;

    /** A request and its time limit. */
    record Ask(String method, String path, Duration limit) {

        /** Returns the method and the path, without the query. */
        String endpoint() {
            return method + " " + path.replaceFirst("\\?.*", "");
        }
    }

    /** Converts a response to a value while it arrives. */
    @FunctionalInterface
    interface AnswerReader<T> {
        T read(Answer answer) throws IOException;
    }

    HttpExchange(HostConnection host, EngineSettings settings) {
        this.host = host;
        this.failures = new Failures(host);
        this.settings = settings;
        this.client = new BoundedHttp(host, settings);
    }

    Failures failures() {
        return failures;
    }

    /** Sends a request. A response with status 400 or above causes an {@link EngineRefusedException}. */
    <T> T ask(Ask ask, AnswerReader<T> reader) {
        return askAnyStatus(ask, answer -> {
            if (answer.status() >= 400) {
                throw new EngineRefusedException(
                        host.name(), ask.endpoint(), Integer.toString(answer.status()), answer.errorMessage());
            }
            return reader.read(answer);
        });
    }

    /** Sends a request, and accepts any status. */
    <T> T askAnyStatus(Ask ask, AnswerReader<T> reader) {
        try {
            return TimeLimit.ofHost(ask.limit(), failures, ask.endpoint(), time -> exchange(ask, reader, time));
        } catch (ExecutionException e) {
            throw HttpFailures.toException(
                    failures, settings.limits(), ask.endpoint(), e.getCause() == null ? e : e.getCause());
        }
    }

    private <T> T exchange(Ask ask, AnswerReader<T> reader, HostTime time) throws IOException {
        try (var open = time.of(() -> client.send(ask.method(), ask.path()))) {
            var response = open.response();
            if (response.getCode() >= 300 && response.getCode() < 400) {
                throw failures.redirected(ask.endpoint(), response.getCode());
            }
            var entity = response.getEntity();
            var body = new LimitedInputStream(
                    entity == null ? InputStream.nullInputStream() : time.reading(entity.getContent()),
                    settings.maxAnswerSize().toBytes());
            return read(new Answer(response.getCode(), header(response), body, settings.limits()), body, reader);
        }
    }

    private static Function<String, @Nullable String> header(ClassicHttpResponse response) {
        return name -> {
            var header = response.getFirstHeader(name);
            return header == null ? null : header.getValue();
        };
    }

    private static <T> T read(Answer answer, LimitedInputStream body, AnswerReader<T> reader) throws IOException {
        try {
            return reader.read(answer);
        } catch (StreamReadException e) {
            // The parser's error depends on the place where the text is cut off, so do not report it.
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
}
