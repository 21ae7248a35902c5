package dev.cachewarden.run.store;

import dev.cachewarden.plan.ApprovalSettings;
import dev.cachewarden.run.PruneSettings;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The infrastructure of the prune packages. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PruneSettings.class, ApprovalSettings.class})
class PruneConfiguration {

    /** Creates a thread for each run and each host, because they wait for engines most of the time. */
    @Bean(destroyMethod = "shutdown", defaultCandidate = false)
    ExecutorService pruneExecutor() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("prune-", 0).factory());
    }
}
