package dev.cachewarden.store;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Reports that the service is not ready while the database is unavailable, full, or read-only. */
final class StoreHealth implements HealthIndicator {

    private final StoreWatch watch;

    StoreHealth(StoreWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        return watch.problem()
                .map(problem -> Health.down()
                        .withDetail("reason", problem.explanation())
                        .build())
                .orElseGet(() -> Health.up().build());
    }
}
