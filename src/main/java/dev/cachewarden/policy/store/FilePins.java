package dev.cachewarden.policy.store;

import dev.cachewarden.rest.ConflictException;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/** The pins of a configuration file in the table of all pins. */
@Component
class FilePins implements ConfiguredPins {

    private final PinRows rows;
    private final InstantSource clock;

    FilePins(PinRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    @Override
    public void create(PinDraft pin, String file, String by) {
        StoredPins.insert(rows, pin, by, clock.instant(), file);
    }

    @Override
    public void change(FleetPin before, String note, String file) {
        if (!rows.own(before.id(), note, file)) {
            throw new ConflictException("Pin '" + before.filter() + "' was removed by another request. Try again.");
        }
    }

    @Override
    public void release(FleetPin pin) {
        rows.release(pin.id());
    }
}
