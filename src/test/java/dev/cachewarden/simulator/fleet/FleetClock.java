package dev.cachewarden.simulator.fleet;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The clock of a fleet's engines: another one, but for the past that is made up before the fleet is handed out. */
final class FleetClock implements InstantSource {

    private final InstantSource present;
    private volatile @Nullable Instant past;

    FleetClock(InstantSource present) {
        this.present = present;
    }

    void goBackTo(Instant instant) {
        past = instant;
    }

    void returnToPresent() {
        past = null;
    }

    @Override
    public Instant instant() {
        var set = past;
        return set != null ? set : present.instant();
    }
}
