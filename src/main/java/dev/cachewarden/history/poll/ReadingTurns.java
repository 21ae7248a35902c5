package dev.cachewarden.history.poll;

import dev.cachewarden.engine.RunningTime;
import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.ReadingDelays;
import dev.cachewarden.host.HostId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Assigns reading slots to hosts and records which hosts wait for one. It shows them to the pages and in the metrics
 * {@code cachewarden.reading.wait} and {@code cachewarden.readings.delayed}.
 */
@Component
class ReadingTurns implements ReadingDelays {

    /** The time after which a host that does not respond no longer delays other hosts. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReadingSlots slots;
    private final InstantSource clock;
    private final Timer waits;
    private final Counter delays;
    private final Map<HostId, Instant> waiting = new ConcurrentHashMap<>();

    @Autowired
    ReadingTurns(HistorySettings settings, MeterRegistry meters, InstantSource clock) {
        this(new ReadingSlots(settings.concurrentReadings(), PATIENCE, RunningTime.OF_PROCESS), meters, clock);
    }

    ReadingTurns(ReadingSlots slots, MeterRegistry meters, InstantSource clock) {
        this.slots = slots;
        this.clock = clock;
        this.waits = Timer.builder("cachewarden.reading.wait")
                .description("Time that readings waited for other readings of this service.")
                .register(meters);
        this.delays = Counter.builder("cachewarden.readings.delayed")
                .description(
                        "Readings that did not finish in time because this service was too busy. They do not count as"
                                + " failures of a host.")
                .register(meters);
    }

    /**
     * Waits for the host's turn.
     *
     * @param answered whether the last reading of the host succeeded
     */
    ReadingSlots.Slot take(HostId host, boolean answered) throws InterruptedException {
        var asked = clock.instant();
        waiting.putIfAbsent(host, asked);
        var slot = slots.take(answered);
        waits.record(Duration.between(asked, clock.instant()));
        return slot;
    }

    /** Counts a reading that Cachewarden itself delayed. The host continues to wait. */
    void delayed() {
        delays.increment();
    }

    /** Ends the wait of a host that was read or is unreachable. */
    void ended(HostId host) {
        waiting.remove(host);
    }

    @Override
    public Optional<Instant> since(HostId host) {
        return Optional.ofNullable(waiting.get(host));
    }
}
