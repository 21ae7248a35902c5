package dev.cachewarden.prune.pin;

/** Writes the pins of a configuration file. */
public interface ConfiguredPins {

    /**
     * Adds a pin that belongs to the file.
     *
     * @throws dev.cachewarden.rest.InvalidInputException if the filter is pinned already, or there are too many pins
     */
    void create(PinDraft pin, String file, String by);

    /**
     * Changes the note of a pin, which belongs to the file from now on.
     *
     * @throws dev.cachewarden.rest.ConflictException if the pin was removed meanwhile
     */
    void change(FleetPin before, String note, String file);

    /** Makes a pin one that administrators can remove. It stays in force: a pin is never lost because a file was cut. */
    void release(FleetPin pin);
}
