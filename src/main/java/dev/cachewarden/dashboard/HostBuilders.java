package dev.cachewarden.dashboard;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The builders whose builds belong to a host: the builders of all hosts that lead to the same engine. */
public final class HostBuilders {

    private HostBuilders() {}

    /**
     * Returns the builders of a host.
     *
     * @param host ID of the host, or null for all hosts; the result is then an empty set, which matches all builders
     * @throws NotFoundException if no such host with a cache exists
     */
    public static Set<BuilderId> of(HostRegistry hosts, @Nullable Long host) {
        if (host == null) {
            return Set.of();
        }
        var builders = hosts.find(new HostId(host)).map(hosts::buildersOfEngine).orElse(Set.of());
        if (builders.isEmpty()) {
            throw new NotFoundException("Host " + host + " does not exist, or it has no cache.");
        }
        return builders;
    }
}
