package dev.cachewarden.dashboard;

import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.ActivePins;
import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Pins in memory; none at first. */
final class FakePins implements Pins {

    private final Policies policies;
    private final List<FleetPin> pins = new ArrayList<>();
    private long last;

    FakePins(Policies policies) {
        this.policies = policies;
    }

    void clear() {
        pins.clear();
        last = 0;
    }

    @Override
    public List<FleetPin> all() {
        return List.copyOf(pins);
    }

    @Override
    public ActivePins active() {
        return new ActivePins(pins, policies.all(), List::of);
    }

    @Override
    public FleetPin add(@Nullable String filter, @Nullable String note, String by) {
        try {
            var pin = new FleetPin(
                    ++last,
                    Filter.parse(Objects.requireNonNullElse(filter, "")),
                    Objects.requireNonNullElse(note, ""),
                    by,
                    Fleets.NOW,
                    null);
            pins.add(pin);
            return pin;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("filter", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public FleetPin.Draft read(@Nullable String filter, @Nullable String note) {
        return new FleetPin.Draft(
                Filter.parse(Objects.requireNonNullElse(filter, "")), Objects.requireNonNullElse(note, ""));
    }

    /** Adds a pin that comes from a configuration file. */
    void addOfFile(String filter, String file) {
        pins.add(new FleetPin(++last, Filter.parse(filter), "", "configuration file (0123456789ab)", Fleets.NOW, file));
    }

    @Override
    public FleetPin remove(long id) {
        var pin = pins.stream()
                .filter(known -> known.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There is no pin " + id + "."));
        if (pin.configFile() != null) {
            throw new ConflictException("Pin '" + pin.filter() + "' comes from the configuration file.");
        }
        pins.remove(pin);
        return pin;
    }
}
