package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.engine.EngineLimits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a stream of events and keeps the builder's prunes. */
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
        try (json) {
            while (json.next()) {
                var event = new EventsJson();
                json.object("an event", name -> event.field(name, json));
                event.addTo(prunes);
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

    private void addTo(List<PruneEvent> prunes) throws BadAnswerException {
        // An old engine may not know a filter and send everything.
        if ("builder".equals(type) && "prune".equals(action)) {
            var at = nanos > 0 ? Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS) : Instant.ofEpochSecond(seconds);
            prunes.add(new PruneEvent(at, bytes()));
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
