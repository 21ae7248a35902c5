package dev.cachewarden.notify.store;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.InstantSource;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The channels. Nothing here returns a secret. */
@Component
public class Channels {

    /** The maximum number of channels. Each notification is stored for every channel. */
    static final int MOST = 50;

    private final ChannelRows rows;
    private final InstantSource clock;

    Channels(ChannelRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Returns all channels in the order of their names. */
    public List<ChannelView> all() {
        return rows.all().stream().map(StoredChannel::view).toList();
    }

    /**
     * Returns a channel.
     *
     * @throws NotFoundException if there is no such channel
     */
    public ChannelView get(long id) {
        return rows.find(id).map(StoredChannel::view).orElseThrow(() -> absent(id));
    }

    /**
     * Adds a channel.
     *
     * @throws InvalidInputException naming each invalid field
     */
    @Transactional
    public ChannelView add(ChannelInput input, String by) {
        var draft = input.draft();
        if (rows.all().size() >= MOST) {
            throw new InvalidInputException(
                    "name", "exceeds the limit of " + MOST + " channels. Remove a channel that is not needed.");
        }
        try {
            return get(rows.insert(draft, null, by, clock.instant()));
        } catch (DuplicateKeyException e) {
            throw taken(draft.name());
        }
    }

    /**
     * Changes a channel. A secret that the input does not contain stays as it is.
     *
     * @throws InvalidInputException naming each invalid field
     * @throws NotFoundException if there is no such channel
     * @throws ConflictException if the channel comes from a configuration file
     */
    @Transactional
    public ChannelView change(long id, ChannelInput input, String by) {
        var before = changeable(id);
        var draft = input.draft(before.draft());
        try {
            rows.update(id, draft, null, by, clock.instant());
        } catch (DuplicateKeyException e) {
            throw taken(draft.name());
        }
        return get(id);
    }

    /**
     * Removes a channel with its notifications.
     *
     * @throws NotFoundException if there is no such channel
     * @throws ConflictException if the channel comes from a configuration file
     */
    @Transactional
    public ChannelView remove(long id) {
        var channel = changeable(id);
        rows.delete(id);
        return channel.view();
    }

    private StoredChannel changeable(long id) {
        var channel = rows.lock(id).orElseThrow(() -> absent(id));
        var file = channel.view().configFile();
        if (file != null) {
            throw new ConflictException("Channel '" + channel.view().name() + "' is managed by the configuration file "
                    + file + ". Change it there.");
        }
        return channel;
    }

    private static NotFoundException absent(long id) {
        return new NotFoundException("There is no channel " + id + ".");
    }

    private static InvalidInputException taken(String name) {
        return new InvalidInputException("name", "'" + name + "' is already the name of a channel");
    }
}
