package dev.cachewarden.policy.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pins of the fleet, and the pins in force on a host. */
public interface Pins {

    /** The maximum number of pins of the fleet. Each plan applies every pin to every record. */
    int MOST = 500;

    /** Returns the pins of the fleet in the order of their creation. */
    List<FleetPin> all();

    /** Returns the pins in force now, of the fleet and of the policies. */
    ActivePins active();

    /**
     * Pins the records that match a filter, on every host and in every plan from now on. An active run applies the pin before its next
     * batch.
     *
     * @param filter such as {@code mountTarget==/root/.m2}
     * @param note the reason; may be absent
     * @throws dev.cachewarden.rest.InvalidInputException naming the invalid field
     */
    FleetPin add(@Nullable String filter, @Nullable String note, String by);

    /**
     * Validates a pin without storing it.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the invalid field
     */
    FleetPin.Draft read(@Nullable String filter, @Nullable String note);

    /**
     * Removes a pin of the fleet. Plans made from now on may delete the records that it protected.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the pin does not exist
     * @throws dev.cachewarden.rest.ConflictException if the pin comes from a configuration file
     */
    FleetPin remove(long id);
}
