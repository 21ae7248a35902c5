package dev.cachewarden.dashboard;

import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.pin.FleetPin;
import dev.cachewarden.prune.pin.HeldPins;
import dev.cachewarden.prune.pin.Pins;
import dev.cachewarden.prune.plan.rule.Filter;
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
    public HeldPins inForce() {
        return new HeldPins(pins, policies.all(), List::of);
    }

    @Override
    public FleetPin add(@Nullable String filter, @Nullable String note, String by) {
        try {
            var pin = new FleetPin(
                    ++last,
                    Filter.parse(Objects.requireNonNullElse(filter, "")),
                    Objects.requireNonNullElse(note, ""),
                    by,
                    Fleets.NOW);
            pins.add(pin);
            return pin;
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("filter", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public FleetPin remove(long id) {
        var pin = pins.stream()
                .filter(known -> known.id() == id)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("There is no pin " + id + "."));
        pins.remove(pin);
        return pin;
    }
}
