package dev.cachewarden.analytics;

import dev.cachewarden.history.Past;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sums over builds put together by hand, for tests of other packages. */
public final class AnalyticsParts {

    private AnalyticsParts() {}

    public static BuildAnalytics analytics(TestDatabase database) {
        return new BuildAnalytics(JdbcClient.create(database.dataSource()));
    }

    /** What is told of the sizes of a cache, of which nobody knows the builds. */
    public static SizeReading sizes(Past past, Instant from) {
        return CacheUses.reading(past, from, Map.of(), List.of());
    }

    public static PruneEffects effects(TestDatabase database, HostRegistry hosts, InstantSource clock) {
        return new PruneEffects(new BuildAnalytics(JdbcClient.create(database.dataSource())), hosts, clock);
    }
}
