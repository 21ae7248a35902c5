package dev.cachewarden.dashboard;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose builds are meant by a host: those of its engine, by whichever of the hosts that lead to it they came. */
public final class HostBuilders {

    private HostBuilders() {}

    /**
     * @param host null: any, which is what no builder means
     * @throws NotFoundException if there is no such host with a cache
     */
    public static Set<BuilderId> of(HostRegistry hosts, @Nullable Long host) {
        if (host == null) {
            return Set.of();
        }
        var builders = hosts.find(new HostId(host)).map(hosts::buildersOfEngine).orElse(Set.of());
        if (builders.isEmpty()) {
            throw new NotFoundException("There is no host " + host + " with a cache.");
        }
        return builders;
    }
}
