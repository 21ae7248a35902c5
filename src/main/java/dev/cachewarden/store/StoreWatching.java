package dev.cachewarden.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Inserts a {@link StoreWatch} between the application and its connection pool. */
@Configuration(proxyBeanMethods = false)
class StoreWatching {

    @Bean(destroyMethod = "close")
    StoreWatch storeWatch(JdbcConnectionDetails details, ObjectProvider<EmbeddedServer> embedded) {
        return new StoreWatch(new StoreProbe(details), embedded.getIfAvailable());
    }

    @Bean
    static BeanPostProcessor watchedPool(ObjectProvider<StoreWatch> watch) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HikariDataSource pool ? new WatchedDataSource(pool, watch.getObject()) : bean;
            }
        };
    }

    @Bean
    HealthIndicator storeHealthIndicator(StoreWatch watch) {
        return new StoreHealth(watch);
    }

    /** Reports that the service is not ready while the database is unavailable, full, or read-only. */
    static final class StoreHealth implements HealthIndicator {

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
}
