package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.notify.store.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The state of the enabled channels. Another channel reports a broken one, so these alerts are only shown. */
@Component
class ChannelValues implements AlertSource {

    private final Channels channels;

    ChannelValues(Channels channels) {
        this.channels = channels;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(RuleId.CHANNEL_BROKEN);
    }

    @Override
    public List<Observation> observe(Instant now) {
        return channels.all().stream()
                .filter(ChannelView::enabled)
                .map(channel -> of(channel, now))
                .toList();
    }

    static Observation of(ChannelView channel, Instant now) {
        var since = channel.delivery().brokenSince();
        // Never zero for a broken channel, even if the clock was set back.
        long seconds =
                since == null ? 0 : Math.max(1, Duration.between(since, now).toSeconds());
        return new Observation(
                RuleId.CHANNEL_BROKEN,
                new Subject("channel:" + channel.id(), channel.name(), null, null, Map.of(), "/settings/channels"),
                new Measured(Unit.DURATION, seconds),
                since == null
                        ? "The channel delivers notifications."
                        : "The channel loses notifications since " + Timestamps.text(since) + ".",
                List.of());
    }
}
