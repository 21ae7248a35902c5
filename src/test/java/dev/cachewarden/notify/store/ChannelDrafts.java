package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelType;
import java.util.Map;

/** Channels for tests. */
final class ChannelDrafts {

    static final ChannelType TYPE = ChannelType.GOTIFY;
    static final Map<String, String> SETTINGS = Map.of("server", "https://gotify.example.com", "token", "secrettoken1");

    private ChannelDrafts() {}

    static ChannelDraft named(String name) {
        return new ChannelDraft(name, TYPE, true, Severity.INFO, Map.of(), SETTINGS);
    }
}
