package dev.cachewarden.run.store;

import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.plan.Targets;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.run.PruneSettings;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The watcher put together by hand, for tests of other packages. */
public final class WatchParts {

    private WatchParts() {}

    /** Looks at a reading on the calling thread. */
    public static Consumer<UsageSampled> watcher(
            StoredPolicies policies,
            HostRegistry hosts,
            UsageHistory history,
            DiskMeter disks,
            Targets targets,
            PolicyStart start,
            JdbcClient jdbc,
            InstantSource clock) {
        var settings = PruneSettings.defaults();
        return new ReadingWatcher(
                policies,
                hosts,
                history,
                disks,
                targets,
                start,
                new ReadingClaims(jdbc),
                settings,
                clock,
                Runnable::run)::evaluate;
    }
}
