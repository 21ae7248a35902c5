package dev.cachewarden.build.store;

import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What engines tell of builds that run, also where another host leads to the same engine and its builder has the builds. */
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
