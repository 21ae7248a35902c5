package dev.cachewarden.run.web;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The REST API for the progress of a run as server-sent events. */
@RestController
class RunEventsController implements SmartLifecycle {

    /** The longest duration of a stream. After it, the client must reconnect and authenticate again. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Runs runs;
    private final RunTelling telling;
    private volatile boolean running;

    RunEventsController(Runs runs, RunTelling telling) {
        this.runs = runs;
        this.telling = telling;
    }

    /**
     * Streams the current progress of a run and every later change. The stream ends with the run, and within seconds after the session or
     * token of the client becomes invalid.
     */
    @GetMapping(path = "/api/v1/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable long id, HttpServletRequest request, HttpServletResponse response) {
        if (runs.find(id).isEmpty()) {
            throw new NotFoundException("There is no run " + id + ".");
        }
        // Proxies such as nginx would otherwise buffer the events.
        response.setHeader("X-Accel-Buffering", "no");
        var emitter = new SseEmitter(LONGEST.toMillis());
        var known = Caller.stillKnown(request);
        telling.start(id, emitter, () -> running && known.getAsBoolean());
        return emitter;
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
