package dev.cachewarden.run.web;

import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import dev.cachewarden.store.StoreTrouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The streams of run progress to clients. One thread per client reads the row of the run each second, so any replica can execute the run.
 */
@Component
class RunTelling {

    private static final Logger log = LoggerFactory.getLogger(RunTelling.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** The interval of keep-alive comments. They keep a proxy connection open, and reveal a disconnected client. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final Runs runs;
    private final InstantSource clock;

    RunTelling(Runs runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    void start(long run, SseEmitter listener, BooleanSupplier open) {
        var there = new AtomicBoolean(true);
        listener.onCompletion(() -> there.set(false));
        listener.onTimeout(listener::complete);
        Thread.ofVirtual().name("run-" + run + "-events").start(() -> {
            try {
                tell(run, listener, () -> there.get() && open.getAsBoolean());
            } catch (IOException | IllegalStateException e) {
                log.debug("Nobody listens to run {} any more", run, e);
            } catch (DataAccessException | NotFoundException e) {
                // The client reconnects automatically.
                log.debug("Run {} cannot be told of", run, e);
            } finally {
                // An open request would delay the shutdown of the service.
                listener.complete();
            }
        });
    }

    private void tell(long id, SseEmitter listener, BooleanSupplier open) throws IOException {
        RunProgress told = null;
        Instant lastSign = clock.instant();
        boolean ended = false;
        while (!ended && open.getAsBoolean()) {
            // The first read does not wait.
            var run = look(id, told == null ? Duration.ZERO : LOOK_EVERY);
            if (run.isEmpty()) {
                // If the stream ended, the client would not reconnect while requests fail with 503.
                listener.send(SseEmitter.event().comment("the database does not answer"));
                lastSign = clock.instant();
                continue;
            }
            var progress = RunProgress.of(run.get(), clock.instant());
            ended = progress.ended();
            if (progress.tellsMoreThan(told)) {
                listener.send(SseEmitter.event().name("progress").data(progress));
                told = progress;
                lastSign = clock.instant();
            } else if (signIsDue(lastSign)) {
                listener.send(SseEmitter.event().comment("still here"));
                lastSign = clock.instant();
            }
        }
    }

    /** Reads the run. If the database is unavailable, waits and returns empty. */
    private Optional<RunView> look(long id, Duration atMost) {
        try {
            return Optional.of(runs.await(id, atMost));
        } catch (DataAccessException | TransactionException e) {
            if (StoreTrouble.of(e).isEmpty()) {
                throw e;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            return Optional.empty();
        }
    }

    private boolean signIsDue(Instant last) {
        return !clock.instant().isBefore(last.plus(SIGN_OF_LIFE));
    }
}
