package dev.cachewarden.engine.connection;

import dev.cachewarden.host.DiskProber;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the disk prober. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DiskSettings.class)
class DiskConfiguration {

    @Bean
    DiskProber diskProber(DiskSettings settings, ObjectProvider<Clock> clock) {
        return new RoutedDiskProber(settings, clock.getIfAvailable(Clock::systemUTC));
    }
}
