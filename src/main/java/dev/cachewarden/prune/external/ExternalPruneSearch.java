package dev.cachewarden.prune.external;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageHistory.Disappearance;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.external.ExternalPrune.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks for prunes by others in what has gone since the last look. While a run of ours is at work on an engine, or was cut off and is
 * not closed yet, nothing there is judged: its own deletions would look like somebody else's.
 */
@Component
class ExternalPruneSearch {

    /** Between an event and the readings around it. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** After this an engine that cannot be asked for its events has forgotten them. */
    private static final Duration ASK_FOR = Duration.ofHours(1);

    private final UsageHistory history;
    private final HostRegistry hosts;
    private final BuilderEvents events;
    private final ExternalPruneRows rows;
    private final InstantSource clock;

    ExternalPruneSearch(
            UsageHistory history,
            HostRegistry hosts,
            BuilderEvents events,
            ExternalPruneRows rows,
            InstantSource clock) {
        this.history = history;
        this.hosts = hosts;
        this.events = events;
        this.rows = rows;
        this.clock = clock;
    }

    /** One look at every builder where something has gone since the last. */
    void look() {
        var watched = rows.watched();
        history.lastGone().forEach((builder, last) -> {
            var until = watched.get(builder);
            if (until == null || until.isBefore(last)) {
                hosts.ofBuilder(builder).ifPresent(host -> look(host, builder, until, last));
            }
        });
    }

    private void look(WatchedHost host, BuilderId builder, @Nullable Instant until, Instant last) {
        var engine = host.engineId();
        if (engine == null) {
            return;
        }
        var before = rows.settledRuns(engine);
        var gone = history.disappearances(builder, until).stream()
                .filter(disappearance -> !disappearance.at().isAfter(last))
                .toList();
        var told = gone.isEmpty() ? Optional.of(List.<PruneEvent>of()) : events(host, gone);
        // A run that ended in between may have explained what was not explained when it was listed.
        if (before.isEmpty() || told.isEmpty() || !before.equals(rows.settledRuns(engine))) {
            return;
        }
        var others = new ArrayList<>(told.get());
        others.removeIf(event -> rows.runAt(engine, event.at()));
        gone.forEach(disappearance -> record(builder, disappearance, others));
        rows.watch(builder, last);
    }

    /** @return empty: it does not answer now, and may know yet */
    private Optional<List<PruneEvent>> events(WatchedHost host, List<Disappearance> gone) {
        var capabilities = host.capabilities();
        var first = gone.getFirst();
        var from = first.since() == null ? first.at() : first.since();
        var last = gone.getLast().at();
        var now = clock.instant();
        boolean late = last.isBefore(now.minus(ASK_FOR));
        var to = last.plus(MARGIN).isBefore(now) ? last.plus(MARGIN) : now;
        if (capabilities == null) {
            return late ? Optional.of(List.of()) : Optional.empty();
        }
        try {
            return Optional.of(events.prunesBetween(host.connection(), capabilities, from.minus(MARGIN), to));
        } catch (EngineUnreachableException | EngineRefusedException e) {
            return late ? Optional.of(List.of()) : Optional.empty();
        }
    }

    private void record(BuilderId builder, Disappearance gone, List<PruneEvent> others) {
        var within = others.stream().filter(event -> within(event, gone)).toList();
        others.removeAll(within);
        boolean told = !within.isEmpty();
        rows.insert(new ExternalPrune(
                builder,
                gone.since(),
                gone.at(),
                gone.amount(),
                told ? Known.EVENT : Known.DISAPPEARED,
                told ? within.getLast().at() : null,
                told ? within.stream().map(PruneEvent::reclaimed).reduce(ByteSize.ZERO, ByteSize::plus) : null));
        if (told) {
            history.markExternal(builder, gone.at());
        }
    }

    private static boolean within(PruneEvent event, Disappearance gone) {
        return !event.at().isAfter(gone.at().plus(MARGIN))
                && (gone.since() == null || !event.at().isBefore(gone.since().minus(MARGIN)));
    }
}
