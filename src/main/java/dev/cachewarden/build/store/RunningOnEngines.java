package dev.cachewarden.build.store;

import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The running builds of engines, including builds that belong to the builder of another host of the same engine. */
@Component
class RunningOnEngines implements RunningBuilds {

    private final BuildRows rows;
    private final HostRegistry hosts;

    RunningOnEngines(BuildRows rows, HostRegistry hosts) {
        this.rows = rows;
        this.hosts = hosts;
    }

    @Override
    public boolean any(BuilderId builder) {
        return rows.anyRunning(
                hosts.ofBuilder(builder).map(hosts::buildersOfEngine).orElse(Set.of(builder)));
    }
}
