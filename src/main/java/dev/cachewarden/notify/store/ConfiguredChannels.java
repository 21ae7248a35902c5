package dev.cachewarden.notify.store;

import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The write access to channels of a configuration file. A secret that the file does not contain stays as it is stored. */
@Component
public class ConfiguredChannels {

    private final ChannelRows rows;
    private final InstantSource clock;

    ConfiguredChannels(ChannelRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** Returns all channels, without their secrets. */
    public List<ChannelView> all() {
        return rows.all().stream().map(StoredChannel::view).toList();
    }

    /**
     * Returns the names of the different parts of a channel and its entry in the file, without their values.
     *
     * @throws InvalidInputException if the file changes the address of a channel, and does not contain its secrets
     */
    public List<String> differences(ChannelView channel, ChannelInput input) {
        var before = existing(rows.find(channel.id())).draft();
        var after = input.draft(before);
        var names = new ArrayList<String>();
        add(names, "Type", before.type(), after.type());
        add(names, "Enabled", before.enabled(), after.enabled());
        add(names, "Severity", before.leastSeverity(), after.leastSeverity());
        add(names, "Labels", before.labels(), after.labels());
        add(names, "Settings", before.settings(), after.settings());
        add(names, "Name", before.name(), after.name());
        return names;
    }

    private static void add(List<String> names, String name, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            names.add(name);
        }
    }

    /**
     * Adds a channel that belongs to the file.
     *
     * @throws InvalidInputException naming each invalid field
     */
    @Transactional
    public void create(ChannelInput input, String file, String by) {
        var draft = input.draft();
        if (rows.all().size() >= Channels.MOST) {
            throw new InvalidInputException("channels", "exceed the limit of " + Channels.MOST + " channels");
        }
        try {
            rows.insert(draft, file, by, clock.instant());
        } catch (DuplicateKeyException e) {
            throw new ConflictException("Channel '" + draft.name() + "' was added by another request. Try again.");
        }
    }

    /** Changes a channel, which the file manages from then on. */
    @Transactional
    public void change(ChannelView channel, ChannelInput input, String file, String by) {
        var before = existing(rows.lock(channel.id()));
        rows.update(channel.id(), input.draft(before.draft()), file, by, clock.instant());
    }

    /** Releases a channel, so that administrators can edit it again. It stays unchanged. */
    public void release(ChannelView channel) {
        rows.release(channel.id());
    }

    private static StoredChannel existing(Optional<StoredChannel> channel) {
        return channel.orElseThrow(() -> new ConflictException("A channel was removed by another request. Try again."));
    }
}
