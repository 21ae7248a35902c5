package dev.cachewarden.host.registry;

import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.host.registry.Hosts.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Hosts as they were read before. Almost every page lists all of them, and few have changed since the page before; which, the version of
 * each row tells, whoever changed it.
 */
@Component
class KnownHosts {

    private final Hosts hosts;
    private volatile Map<Long, Known> known = Map.of();

    KnownHosts(Hosts hosts) {
        this.hosts = hosts;
    }

    private record Known(String version, WatchedHost host) {}

    /** All as they are now, in the order of their names; reads those anew that changed. Within a transaction. */
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
        // One that was removed since the stamps were read is not there.
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
