package dev.cachewarden.host.registry;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.host.registry.Hosts.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * A cache of hosts. Almost every page lists all of them, and few have changed since the previous page. The row versions show which ones,
 * regardless of the process that changed them.
 */
@Component
class KnownHosts {

    private final Hosts hosts;
    private volatile Map<Long, Known> known = Map.of();

    KnownHosts(Hosts hosts) {
        this.hosts = hosts;
    }

    private record Known(String version, WatchedHost host) {}

    /**
     * Returns all current hosts in the order of their names, and reads only the changed ones again. Must be called within a transaction.
     */
    List<WatchedHost> inOrderOfName() {
        var stamps = hosts.stamps();
        var before = known;
        var now = HashMap.<Long, Known>newHashMap(stamps.size());
        var changed = new ArrayList<Long>();
        for (var stamp : stamps) {
            var found = before.get(stamp.getId());
            if (found != null && found.version().equals(stamp.getRowVersion())) {
                now.put(stamp.getId(), found);
            } else {
                changed.add(stamp.getId());
            }
        }
        if (!changed.isEmpty()) {
            read(changed, stamps, now);
        }
        known = now;
        // A host is missing if it was removed since the stamps were read.
        return stamps.stream()
                .map(stamp -> now.get(stamp.getId()))
                .filter(found -> found != null)
                .map(Known::host)
                .toList();
    }

    private void read(List<Long> changed, List<Stamp> stamps, Map<Long, Known> into) {
        var versions = HashMap.<Long, String>newHashMap(stamps.size());
        stamps.forEach(stamp -> versions.put(stamp.getId(), stamp.getRowVersion()));
        for (var host : hosts.withIds(changed)) {
            var watched = host.watched();
            long id = watched.id().value();
            into.put(id, new Known(versions.getOrDefault(id, ""), watched));
        }
    }
}
