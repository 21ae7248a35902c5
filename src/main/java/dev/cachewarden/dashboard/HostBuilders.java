package dev.cachewarden.dashboard;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.NotFoundException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose builds are meant by a host: those of its engine, by whichever of the hosts that lead to it they came. */
public final class HostBuilders {

    private HostBuilders() {}

    /** Never empty unless the host's cache is not known. */
    public static Set<BuilderId> of(HostRegistry hosts, WatchedHost host) {
        var same = host.engineId() == null ? List.of(host) : hosts.withEngine(host.engineId());
        return same.stream()
                .flatMap(one -> one.builders().stream())
                .map(Builder::id)
                .collect(Collectors.toSet());
    }

    /**
     * @param host null: any, which is what no builder means
     * @throws NotFoundException if there is no such host with a cache
     */
    public static Set<BuilderId> of(HostRegistry hosts, @Nullable Long host) {
        if (host == null) {
            return Set.of();
        }
        var builders =
                hosts.find(new HostId(host)).map(found -> of(hosts, found)).orElse(Set.of());
        if (builders.isEmpty()) {
            throw new NotFoundException("There is no host " + host + " with a cache.");
        }
        return builders;
    }
}
