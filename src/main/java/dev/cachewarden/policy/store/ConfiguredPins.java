package dev.cachewarden.policy.store;

/** The write access to pins of a configuration file. */
public interface ConfiguredPins {

    /**
     * Adds a pin that belongs to the file.
     *
     * @throws dev.cachewarden.rest.InvalidInputException if the filter is pinned already, or there are too many pins
     */
    void create(PinDraft pin, String file, String by);

    /**
     * Changes the note of a pin, which the file manages from then on.
     *
     * @throws dev.cachewarden.rest.ConflictException if the pin was removed in the meantime
     */
    void change(FleetPin before, String note, String file);

    /**
     * Releases a pin to administrators, who can then remove it. It stays in force, because a pin is never lost when a file is shortened.
     */
    void release(FleetPin pin);
}
