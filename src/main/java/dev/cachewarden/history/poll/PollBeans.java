package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.store.HistoryUpkeep;
import dev.cachewarden.history.store.Leases;
import dev.cachewarden.host.HostRegistry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the loop together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistorySettings.class)
class PollBeans {

    @Bean
    Poller poller(HostRegistry registry, HostSampler sampler) {
        return new Poller(registry, sampler, () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    PollLoop pollLoop(
            Poller poller, HistoryUpkeep upkeep, Leases leases, HistorySettings settings, InstantSource clock) {
        String replica = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new PollLoop(poller, upkeep, leases, settings, clock, replica);
    }
}
