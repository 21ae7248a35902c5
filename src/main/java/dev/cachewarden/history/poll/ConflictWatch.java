package dev.cachewarden.history.poll;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.poll.IdentityEvidence.Difference;
import dev.cachewarden.history.poll.IdentityEvidence.Seen;
import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Compares each reading with those of other hosts that report the same engine ID. If they cannot be one engine, it stops pruning on all of
 * them.
 */
@Component
class ConflictWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictWatch.class);

    private final EngineConflicts conflicts;
    private final HostRegistry registry;
    private final IdentityEvidence evidence = new IdentityEvidence();

    ConflictWatch(EngineConflicts conflicts, HostRegistry registry) {
        this.conflicts = conflicts;
        this.registry = registry;
    }

    /**
     * Checks a reading of a host.
     *
     * @return the reason not to prune the host, or null if there is none
     */
    @Nullable
    HostProblem check(WatchedHost host, Instant takenAt, Collection<CacheRecord> records) {
        var engineId = host.engineId();
        if (engineId == null) {
            return null;
        }
        var others = conflicts.others(engineId, host.id());
        if (others.isEmpty()) {
            evidence.forget(host.id());
            return null;
        }
        evidence.add(host.id(), seen(takenAt, records), others)
                .ifPresent(difference -> report(host, engineId, others, difference));
        var problem = open(engineId);
        if (problem != null) {
            others.forEach(other -> registry.recordUnreachable(other, problem));
        }
        return problem;
    }

    private static Seen seen(Instant takenAt, Collection<CacheRecord> records) {
        var createdAt = HashMap.<String, @Nullable Instant>newHashMap(records.size());
        records.forEach(record -> createdAt.put(record.id(), record.createdAt()));
        return new Seen(takenAt, createdAt);
    }

    private void report(WatchedHost host, String engineId, Set<HostId> others, Difference difference) {
        String other = registry.find(difference.lacks()).map(WatchedHost::name).orElse("another host");
        var all = new HashSet<>(others);
        all.add(host.id());
        LOG.warn("{} and {} report engine ID {}, but their caches differ", host.name(), other, engineId);
        conflicts.report(
                engineId,
                all,
                "Hosts " + host.name() + " and " + other + " report the same engine ID " + engineId
                        + ", but their caches differ: " + difference.records() + " records that " + host.name()
                        + " has had for a long time are missing on " + other);
    }

    private @Nullable HostProblem open(String engineId) {
        Optional<String> found = conflicts.open(engineId);
        return found.map(differs -> new HostProblem(
                        HostProblem.Cause.ENGINE_CONFLICT,
                        differs + ". Cachewarden does not prune them. Remove or disable the host that is not this"
                                + " engine, or confirm that they are the same engine"))
                .orElse(null);
    }
}
