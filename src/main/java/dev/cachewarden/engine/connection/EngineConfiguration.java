package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.BuildCacheReader;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.host.HostProber;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the implementations of the ports. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
class EngineConfiguration {

    @Bean
    ControlClient controlClient(EngineSettings settings, ObjectProvider<Clock> clock) {
        return new ControlClient(settings, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    HostProber hostProber(EngineSettings settings, ControlClient control, ObjectProvider<Clock> clock) {
        return new RoutedProber(settings, control, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    BuildCacheReader buildCacheReader(EngineSettings settings, ControlClient control, ObjectProvider<Clock> clock) {
        return new RoutedReader(settings, control, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    BuilderEvents builderEvents(EngineSettings settings, ObjectProvider<Clock> clock) {
        return new EngineEventLog(settings, clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    BuildHistory buildHistory(ControlClient control) {
        return new ControlBuildHistory(control);
    }

    @Bean
    BuildCachePruner buildCachePruner(EngineSettings settings, ControlClient control) {
        return new ExactPruner(settings, control);
    }
}
