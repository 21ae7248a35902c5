package dev.cachewarden.policy.store;

import dev.cachewarden.rest.ConflictException;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** The write access to pins of a configuration file. */
@Component
public class ConfiguredPins {

    private final PinRows rows;
    private final InstantSource clock;

    ConfiguredPins(PinRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Adds a pin that belongs to the file.
     *
     * @throws dev.cachewarden.rest.InvalidInputException if the filter is pinned already, or there are too many pins
     */
    public void create(FleetPin.Draft pin, String file, String by) {
        StoredPins.insert(rows, pin, by, clock.instant(), file);
    }

    /**
     * Changes the note of a pin, which the file manages from then on.
     *
     * @throws dev.cachewarden.rest.ConflictException if the pin was removed in the meantime
     */
    public void change(FleetPin before, String note, String file) {
        if (!rows.own(before.id(), note, file)) {
            throw new ConflictException("Pin '" + before.filter() + "' was removed by another request. Try again.");
        }
    }

    /**
     * Releases a pin to administrators, who can then remove it. It stays in force, because a pin is never lost when a file is shortened.
     */
    public void release(FleetPin pin) {
        rows.release(pin.id());
    }
}
