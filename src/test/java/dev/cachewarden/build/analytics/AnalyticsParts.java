package dev.cachewarden.build.analytics;

import dev.cachewarden.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The sums over builds put together by hand, for tests of other packages. */
public final class AnalyticsParts {

    private AnalyticsParts() {}

    public static BuildAnalytics analytics(TestDatabase database) {
        return new StoredAnalytics(JdbcClient.create(database.dataSource()));
    }
}
