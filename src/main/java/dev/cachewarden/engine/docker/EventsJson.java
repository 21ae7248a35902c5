package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.engine.BuilderTime;
import dev.cachewarden.engine.EngineLimits;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream of events, and returns the prunes of the builder. */
final class EventsJson {

    private static final long NANOS = 1_000_000_000L;

    private @Nullable String type;
    private @Nullable String action;
    private @Nullable String reclaimed;
    private long seconds;
    private long nanos;

    private EventsJson() {}

    static List<PruneEvent> read(Json json) throws IOException {
        var prunes = new ArrayList<PruneEvent>();
        long reclaimed = 0;
        try (json) {
            while (json.next()) {
                var event = new EventsJson();
                json.object("an event", name -> event.field(name, json));
                if (event.isPrune()) {
                    prunes.add(new PruneEvent(event.at(), event.bytes()));
                    reclaimed = added(reclaimed, prunes.getLast().reclaimed());
                }
                if (prunes.size() > json.limits().maxRecords()) {
                    throw new BadAnswerException(EngineLimits.exceeded(
                            "more than " + json.limits().maxRecords() + " prune events", "max-records"));
                }
            }
        }
        prunes.sort(Comparator.comparing(PruneEvent::at));
        return prunes;
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            case "Type" -> type = json.text(name);
            case "Action" -> action = json.text(name);
            case "time" -> seconds = json.count(name);
            case "timeNano" -> nanos = json.count(name);
            case "Actor" -> json.object(name, inner -> actorField(inner, json));
            default -> json.skip();
        }
    }

    private void actorField(String name, Json json) throws IOException {
        if (!name.equals("Attributes")) {
            json.skip();
            return;
        }
        json.object(name, attribute -> {
            if (attribute.equals("reclaimed")) {
                reclaimed = json.text(attribute);
            } else {
                json.skip();
            }
        });
    }

    /** Returns true if the event is a prune of the builder. An old engine may ignore an unknown filter and send all events. */
    private boolean isPrune() {
        return "builder".equals(type) && "prune".equals(action);
    }

    private static long added(long sum, ByteSize more) throws BadAnswerException {
        if (more.bytes() > EngineLimits.MOST_BYTES - sum) {
            throw new BadAnswerException("its events reclaimed more than 64 PiB, which is larger than any disk");
        }
        return sum + more.bytes();
    }

    private Instant at() throws BadAnswerException {
        try {
            return BuilderTime.storable(
                    nanos > 0 ? Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS) : Instant.ofEpochSecond(seconds));
        } catch (DateTimeException e) {
            throw new BadAnswerException("the time of an event is " + seconds + " s, which is out of range");
        }
    }

    private ByteSize bytes() throws BadAnswerException {
        if (reclaimed == null) {
            return ByteSize.ZERO;
        }
        try {
            return new ByteSize(Long.parseLong(reclaimed));
        } catch (IllegalArgumentException e) {
            throw new BadAnswerException("reclaimed of an event is not a number of bytes: " + reclaimed);
        }
    }
}
