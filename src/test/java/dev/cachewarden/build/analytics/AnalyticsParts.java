package dev.cachewarden.build.analytics;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sums over builds put together by hand, for tests of other packages. */
public final class AnalyticsParts {

    private AnalyticsParts() {}

    public static BuildAnalytics analytics(TestDatabase database) {
        return new StoredAnalytics(JdbcClient.create(database.dataSource()));
    }

    public static PruneEffects effects(TestDatabase database, HostRegistry hosts, InstantSource clock) {
        return new PruneEffects(new StoredAnalytics(JdbcClient.create(database.dataSource())), hosts, clock);
    }
}
