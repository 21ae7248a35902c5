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
 * Gives hosts their turn to be read and remembers who waits for one, for the pages and as {@code cachewarden.reading.wait} and {@code
 * cachewarden.readings.delayed}.
 */
@Component
class ReadingTurns implements ReadingDelays {

    /** After this a host that does not answer no longer keeps others from being read. */
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
                .description("Time that readings waited for other readings of this service before the host was asked.")
                .register(meters);
        this.delays = Counter.builder("cachewarden.readings.delayed")
                .description(
                        "Readings that did not end in time because this service was too busy. They count against no host.")
                .register(meters);
    }

    /**
     * Waits for the host's turn.
     *
     * @param answered whether it did the last time
     */
    ReadingSlots.Slot take(HostId host, boolean answered) throws InterruptedException {
        var asked = clock.instant();
        waiting.putIfAbsent(host, asked);
        var slot = slots.take(answered);
        waits.record(Duration.between(asked, clock.instant()));
        return slot;
    }

    /** Its reading did not end because of us, so it waits on. */
    void delayed() {
        delays.increment();
    }

    /** It was read, or it is the host that cannot be read. */
    void ended(HostId host) {
        waiting.remove(host);
    }

    @Override
    public Optional<Instant> since(HostId host) {
        return Optional.ofNullable(waiting.get(host));
    }
}
