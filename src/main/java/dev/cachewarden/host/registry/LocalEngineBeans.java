package dev.cachewarden.host.registry;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.LocalEngine;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Provides the environment of {@link LocalEngineSearch}. */
@Configuration(proxyBeanMethods = false)
class LocalEngineBeans {

    @Bean
    LocalEngineSearch localEngine(HostRegistry registry) {
        return new LocalEngineSearch(
                new LocalEnginePlaces(System::getenv, Path.of(System.getProperty("user.home"))), registry);
    }

    /** Searches after the start of the application. Disabled by {@code cachewarden.host.find-local-engine=false}. */
    @Component
    @ConditionalOnBooleanProperty(name = "cachewarden.host.find-local-engine", matchIfMissing = true)
    static class FirstSearch {

        private final LocalEngine localEngine;

        FirstSearch(LocalEngine localEngine) {
            this.localEngine = localEngine;
        }

        /** Uses a separate thread, because an engine that does not respond must not delay the start. */
        @EventListener(ApplicationReadyEvent.class)
        void search() {
            Thread.ofVirtual().name("local-engine-search").start(localEngine::searchAgain);
        }
    }
}
