package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.UsageRolledUp;
import dev.cachewarden.history.store.HistoryUpkeep;
import dev.cachewarden.history.store.Leases;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.repeat.Repeater;
import dev.cachewarden.store.StoreWatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bean definitions of the poll loop. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistorySettings.class)
class PollBeans {

    @Bean
    Poller poller(HostRegistry registry, HostSampler sampler, ObjectProvider<StoreWatch> watch) {
        var store = watch.getIfAvailable();
        var storing = new StoringSampler(sampler, registry, failure -> {
            if (store != null) {
                store.report(failure);
            }
        });
        return new Poller(registry, storing, () -> ThreadLocalRandom.current().nextDouble());
    }

    @Bean
    PollLoop pollLoop(
            Poller poller,
            HistoryUpkeep upkeep,
            ApplicationEventPublisher events,
            Leases leases,
            HistorySettings settings,
            InstantSource clock,
            PollStore store,
            Repeater repeater) {
        String replica = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return new PollLoop(
                poller,
                upkeep,
                at -> events.publishEvent(new UsageRolledUp(at)),
                leases,
                settings,
                clock,
                replica,
                store,
                repeater);
    }

    @Bean
    PollStore pollStore(ObjectProvider<StoreWatch> watch, ObjectProvider<MeterRegistry> meters) {
        var skipped = Counter.builder("cachewarden.polls.skipped")
                .description("Polls that were due while the database was unavailable")
                .register(meters.getIfAvailable(SimpleMeterRegistry::new));
        var store = watch.getIfAvailable();
        return new PollStore(() -> store == null || store.answers(), skipped);
    }
}
