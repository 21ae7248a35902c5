package dev.cachewarden.run.execution;

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
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The search for external prunes among the records that disappeared since the last search. It skips an engine with an active run, or with
 * an interrupted run that is not closed yet. The deletions of such a run would look like an external prune.
 */
@Component
class ExternalPruneSearch {

    /** The maximum time between an event and the snapshots around it. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    /** The time after which an unreachable engine is assumed to have discarded its events. */
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

    /** Searches every builder with records that disappeared since the last search. */
    void search() {
        var watched = rows.watched();
        history.lastMissing().forEach((builder, last) -> {
            var until = watched.get(builder);
            if (until == null || until.isBefore(last)) {
                hosts.ofBuilder(builder).ifPresent(host -> search(host, builder, until, last));
            }
        });
    }

    private void search(WatchedHost host, BuilderId builder, @Nullable Instant until, Instant last) {
        var engine = host.engineId();
        if (engine == null) {
            return;
        }
        var before = rows.settledRuns(engine);
        var gone = history.disappearances(builder, until).stream()
                .filter(disappearance -> !disappearance.at().isAfter(last))
                .toList();
        var reported = gone.isEmpty() ? Optional.of(List.<PruneEvent>of()) : events(host, gone);
        // A run that ended in between may explain records that were unexplained when they were listed.
        if (before.isEmpty() || reported.isEmpty() || !before.equals(rows.settledRuns(engine))) {
            return;
        }
        var others = new ArrayList<>(reported.get());
        others.removeIf(event -> rows.runAt(engine, event.at()));
        gone.forEach(disappearance -> record(builder, disappearance, others));
        rows.watch(builder, last);
    }

    /** Returns the events, or empty if the engine is unreachable now but may still have its events. */
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
        boolean reported = !within.isEmpty();
        rows.insert(new ExternalPrune(
                builder,
                gone.since(),
                gone.at(),
                gone.amount(),
                reported ? Known.EVENT : Known.DISAPPEARED,
                reported ? within.getLast().at() : null,
                reported ? within.stream().map(PruneEvent::reclaimed).reduce(ByteSize.ZERO, ByteSize::plus) : null));
        if (reported) {
            history.markExternal(builder, gone.at());
        }
    }

    private static boolean within(PruneEvent event, Disappearance gone) {
        return !event.at().isAfter(gone.at().plus(MARGIN))
                && (gone.since() == null || !event.at().isBefore(gone.since().minus(MARGIN)));
    }
}
