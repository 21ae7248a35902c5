package dev.cachewarden.prune.pin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pins of the fleet, and what is pinned on a host. */
public interface Pins {

    /** The most pins of the fleet. Each plan applies every pin to every record. */
    int MOST = 500;

    /** Returns the pins of the fleet in the order in which they were made. */
    List<FleetPin> all();

    /** Returns the pins in force now, of the fleet and of the policies. */
    HeldPins inForce();

    /**
     * Pins what matches a filter, on every host and in every plan from now on. A run that is under way checks it before its next batch.
     *
     * @param filter such as {@code mountTarget==/root/.m2}
     * @param note the reason; may be absent
     * @throws dev.cachewarden.rest.InvalidInputException naming the field that cannot be accepted
     */
    FleetPin add(@Nullable String filter, @Nullable String note, String by);

    /**
     * Checks a pin without storing it.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the field that cannot be accepted
     */
    PinDraft read(@Nullable String filter, @Nullable String note);

    /**
     * Removes a pin of the fleet; plans made from now on may take what it kept.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such pin
     * @throws dev.cachewarden.rest.ConflictException if the pin comes from a configuration file
     */
    FleetPin remove(long id);
}
