package dev.cachewarden.prune.web.live;

import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The progress of a run as server-sent events. */
@RestController
class RunEventsController implements SmartLifecycle {

    /** Then the listener asks again, and has to show anew who it is. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Runs runs;
    private final RunTelling telling;
    private volatile boolean running;

    RunEventsController(Runs runs, RunTelling telling) {
        this.runs = runs;
        this.telling = telling;
    }

    /**
     * Tells how far it is now, and from then on whenever something happens; ends when the run does, and within seconds when the session or
     * token of the listener does.
     */
    @GetMapping(path = "/api/v1/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter events(@PathVariable long id, HttpServletRequest request, HttpServletResponse response) {
        if (runs.find(id).isEmpty()) {
            throw new NotFoundException("There is no run " + id + ".");
        }
        // Proxies such as nginx would otherwise collect the events until there are many.
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

    /** Before the web server waits for open requests to end, which these would not. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
