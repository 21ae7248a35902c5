package dev.cachewarden.history.poll;

import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detects from readings whether two hosts with one engine ID can be the same engine.
 *
 * <p>Two readings of one engine at different moments differ: builds add records, and prunes and garbage collection delete them. One
 * difference is impossible: an earlier reading of one host lacks a record, and a later reading of the other host has it, created long
 * before the earlier reading. A single difference may have another reason, such as an import that keeps old dates. The other host is
 * therefore read again. The same engine then shows the record, and another engine still lacks it.
 */
final class IdentityEvidence {

    /** Clocks of engines differ from the clock of Cachewarden, and a record appears with a delay. */
    private static final Duration LONG_BEFORE = Duration.ofMinutes(10);

    /** Fewer records may be a coincidence, unless the two hosts share no record at all. */
    private static final int ENOUGH = 3;

    private final Map<HostId, Seen> last = new HashMap<>();
    private final Map<Pair, Suspicion> suspicions = new HashMap<>();

    /**
     * The content of a reading.
     *
     * @param createdAt creation times by record id; a time is null if the engine does not report it
     */
    record Seen(Instant takenAt, Map<String, @Nullable Instant> createdAt) {}

    private record Pair(HostId holds, HostId lacks) {}

    private record Suspicion(Instant lackedAt, Set<String> records) {}

    /**
     * The records that one host has and another lacks.
     *
     * @param records number of these records
     */
    record Difference(HostId lacks, int records) {}

    /**
     * Adds a reading of a host and compares it with the last ones of other hosts.
     *
     * @return a difference that is impossible within one engine, or empty if there is none yet
     */
    synchronized Optional<Difference> add(HostId host, Seen seen, Collection<HostId> others) {
        last.put(host, seen);
        Difference found = null;
        for (var other : others) {
            var earlier = last.get(other);
            if (earlier != null && earlier.takenAt().isBefore(seen.takenAt())) {
                int records = compare(new Pair(host, other), seen, earlier);
                found = records == 0 ? found : new Difference(other, records);
            }
        }
        return Optional.ofNullable(found);
    }

    private int compare(Pair pair, Seen seen, Seen earlier) {
        var missing = missing(seen, earlier);
        var before = suspicions.get(pair);
        if (missing.isEmpty()) {
            suspicions.remove(pair);
            return 0;
        }
        if (before == null) {
            suspicions.put(pair, new Suspicion(earlier.takenAt(), missing));
            return 0;
        }
        if (!before.lackedAt().isBefore(earlier.takenAt())) {
            return 0;
        }
        suspicions.put(pair, new Suspicion(earlier.takenAt(), missing));
        var still = new HashSet<>(before.records());
        still.retainAll(missing);
        return still.size();
    }

    private static Set<String> missing(Seen seen, Seen earlier) {
        var missing = new HashSet<String>();
        boolean shared = false;
        var before = earlier.takenAt().minus(LONG_BEFORE);
        for (var record : seen.createdAt().entrySet()) {
            if (earlier.createdAt().containsKey(record.getKey())) {
                shared = true;
            } else if (record.getValue() != null && record.getValue().isBefore(before)) {
                missing.add(record.getKey());
            }
        }
        return missing.size() >= ENOUGH || !shared ? missing : Set.of();
    }

    /** Forgets a host that shares its engine ID with no other host. */
    synchronized void forget(HostId host) {
        last.remove(host);
        suspicions
                .keySet()
                .removeIf(pair -> pair.holds().equals(host) || pair.lacks().equals(host));
    }
}
