package dev.cachewarden.run.web;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import dev.cachewarden.store.StoreProblem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The REST API for the progress of a run as server-sent events. It reads the row of the run each second, so any replica can execute the run.
 *
 * <p>The virtual thread of the request writes the stream. An {@code SseEmitter} would write it from a second thread, while the first one
 * still writes headers on its way out of the security filters. Both change the same header list, and some responses were lost.
 */
@RestController
class RunEventsController implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RunEventsController.class);

    /** The longest duration of a stream. After it, the client must reconnect and authenticate again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Duration READ_EVERY = Duration.ofSeconds(1);

    /** The interval of keep-alive comments. They keep a proxy connection open, and reveal a disconnected client. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Runs runs;
    private final JsonMapper json;
    private final InstantSource clock;
    private volatile boolean running;

    RunEventsController(Runs runs, JsonMapper json, InstantSource clock) {
        this.runs = runs;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Streams the current progress of a run and every later change. The stream ends with the run, after at most 10 minutes, and within
     * seconds after the session or token of the client becomes invalid.
     */
    // The Javadoc of a class with an interface is not available at run time.
    @Operation(
            summary = "Streams the progress of a run.",
            description =
                    "Streams the current progress of a run and every later change. The stream ends with the run, after at"
                            + " most 10 minutes, and within seconds after the session or token of the client becomes"
                            + " invalid.")
    @ApiResponse(
            responseCode = "200",
            description = "Events named `progress`, with the progress as JSON.",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    @GetMapping(path = "/api/v1/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamRunEvents(@PathVariable long id, HttpServletRequest request, HttpServletResponse response) {
        if (runs.find(id).isEmpty()) {
            throw new NotFoundException("There is no run " + id + ".");
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        // Proxies such as nginx would otherwise buffer the events.
        response.setHeader("X-Accel-Buffering", "no");
        var known = Caller.stillKnown(request);
        var end = clock.instant().plus(LONGEST);
        try {
            write(id, response, () -> running && clock.instant().isBefore(end) && known.getAsBoolean());
        } catch (IOException e) {
            log.debug("The client disconnected from the events of run {}", id, e);
        } catch (DataAccessException | NotFoundException e) {
            // The client reconnects automatically.
            log.debug("Cannot read run {}", id, e);
        }
    }

    private void write(long id, HttpServletResponse response, BooleanSupplier open) throws IOException {
        var out = response.getWriter();
        RunProgress last = null;
        Instant lastWrite = clock.instant();
        boolean ended = false;
        while (!ended && open.getAsBoolean()) {
            // The first read does not wait.
            var run = read(id, last == null ? Duration.ZERO : READ_EVERY);
            if (run.isPresent()) {
                var progress = RunProgress.of(run.get(), clock.instant());
                ended = progress.ended();
                if (progress.differsFrom(last)) {
                    out.write("event:progress\ndata:" + json.writeValueAsString(progress) + "\n\n");
                    last = progress;
                } else if (clock.instant().isBefore(lastWrite.plus(KEEP_ALIVE))) {
                    continue;
                } else {
                    comment(out, "keep-alive");
                }
            } else {
                // If the stream ended, the client would not reconnect while requests fail with 503.
                comment(out, "the database is unavailable");
            }
            response.flushBuffer();
            lastWrite = clock.instant();
        }
    }

    private static void comment(Writer out, String text) throws IOException {
        out.write(":" + text + "\n\n");
    }

    /** Reads the run. If the database is unavailable, waits and returns empty. */
    private Optional<RunView> read(long id, Duration atMost) {
        try {
            return Optional.of(runs.await(id, atMost));
        } catch (DataAccessException | TransactionException e) {
            if (StoreProblem.of(e).isEmpty()) {
                throw e;
            }
            LockSupport.parkNanos(READ_EVERY.toNanos());
            return Optional.empty();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends the streams. The web server then waits for open requests, and streams would not end otherwise. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
