package dev.cachewarden.store;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Connects the application to an embedded PostgreSQL if the settings name no other database. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedStore.NoOtherNamed.class)
@EnableConfigurationProperties(StoreSettings.class)
class EmbeddedStore {

    @Bean
    EmbeddedServer embeddedServer(StoreSettings settings, ObjectProvider<EarlyDatabaseStart.Starting> headStart) {
        var starting = headStart.getIfAvailable();
        return starting == null ? EmbeddedServer.start(settings.directory()) : starting.take();
    }

    @Bean
    JdbcConnectionDetails embeddedConnectionDetails(EmbeddedServer server) {
        return new JdbcConnectionDetails() {
            @Override
            public String getUsername() {
                return EmbeddedServer.USER;
            }

            @Override
            public String getPassword() {
                return server.password();
            }

            @Override
            public String getJdbcUrl() {
                return server.jdbcUrl();
            }
        };
    }

    /** Matches if no other database is named. An empty {@code SPRING_DATASOURCE_URL}, as Compose files pass it, counts as none. */
    static class NoOtherNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return isNeeded(context.getEnvironment());
        }
    }

    static boolean isNeeded(Environment environment) {
        return !StringUtils.hasText(environment.getProperty("spring.datasource.url"));
    }
}
