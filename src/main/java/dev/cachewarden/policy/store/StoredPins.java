package dev.cachewarden.policy.store;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The pins in the database. */
@Component
class StoredPins implements Pins {

    private static final int LONGEST_NOTE = 200;

    private final PinRows rows;
    private final Policies policies;
    private final HostRegistry hosts;
    private final InstantSource clock;

    StoredPins(PinRows rows, Policies policies, HostRegistry hosts, InstantSource clock) {
        this.rows = rows;
        this.policies = policies;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public List<FleetPin> all() {
        return rows.all();
    }

    @Override
    public ActivePins active() {
        return new ActivePins(rows.all(), policies.all(), once(hosts::all));
    }

    @Override
    public FleetPin add(@Nullable String filter, @Nullable String note, String by) {
        return insert(rows, read(filter, note), by, clock.instant(), null);
    }

    /**
     * Stores a pin.
     *
     * @param file the configuration file that the pin belongs to, or null if a user creates it
     */
    static FleetPin insert(PinRows rows, FleetPin.Draft pin, String by, Instant now, @Nullable String file) {
        if (rows.count() >= MOST) {
            throw new InvalidInputException(
                    "filter", "exceeds the limit of " + MOST + " pins. Remove a pin that is not needed.");
        }
        try {
            return rows.insert(pin, by, now, file);
        } catch (DuplicateKeyException e) {
            throw new InvalidInputException("filter", "'" + pin.filter() + "' is already pinned");
        }
    }

    @Override
    public FleetPin.Draft read(@Nullable String filter, @Nullable String note) {
        return new FleetPin.Draft(parse(filter), note(note));
    }

    private static Filter parse(@Nullable String filter) {
        if (filter == null || filter.isBlank()) {
            throw new InvalidInputException("filter", "is missing; use one such as mountTarget==/root/.m2");
        }
        if (filter.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException("filter", "must not contain control characters");
        }
        try {
            return Filter.parse(filter);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("filter", String.valueOf(e.getMessage()));
        }
    }

    private static String note(@Nullable String text) {
        String note = text == null ? "" : text.strip();
        if (note.length() > LONGEST_NOTE || note.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(
                    "note", "must be at most " + LONGEST_NOTE + " characters on one line, without control characters");
        }
        return note;
    }

    @Override
    public FleetPin remove(long id) {
        return rows.delete(id)
                .orElseThrow(() -> rows.find(id)
                        .<RuntimeException>map(pin -> new ConflictException("Pin '" + pin.filter()
                                + "' is managed by the configuration file " + pin.configFile()
                                + " and was not removed. Remove it from the file."))
                        .orElseGet(() -> new NotFoundException("There is no pin " + id + ".")));
    }

    private static Supplier<Collection<WatchedHost>> once(Supplier<? extends Collection<WatchedHost>> hosts) {
        var found = new ArrayList<Collection<WatchedHost>>();
        return () -> {
            synchronized (found) {
                if (found.isEmpty()) {
                    found.add(hosts.get());
                }
                return found.getFirst();
            }
        };
    }
}
