package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.run.RunState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * Metrics of completed runs for monitoring, by host: {@code cachewarden.prune.runs} with the final state, and the deleted records as
 * {@code cachewarden.prune.records} and, in bytes, {@code cachewarden.prune.reclaimed}. Each replica counts the runs that it executed.
 */
@Component
class RunMetrics {

    private final HostRegistry hosts;
    private final MeterRegistry meters;

    RunMetrics(HostRegistry hosts, MeterRegistry meters) {
        this.hosts = hosts;
        this.meters = meters;
    }

    void count(ActiveRun run, RunState state, Amount deleted) {
        String host = hosts.ofBuilder(run.plan().target().builder())
                .map(known -> known.name())
                .orElse("none");
        String word = state.name().toLowerCase(Locale.ROOT);
        Counter.builder("cachewarden.prune.runs")
                .description("Prune runs that ended, by state.")
                .tags("host", host, "state", word)
                .register(meters)
                .increment();
        Counter.builder("cachewarden.prune.records")
                .description("Cache records that prune runs deleted.")
                .tag("host", host)
                .register(meters)
                .increment((double) deleted.records());
        Counter.builder("cachewarden.prune.reclaimed")
                .description("Size of the cache records that prune runs deleted.")
                .baseUnit("bytes")
                .tag("host", host)
                .register(meters)
                .increment((double) deleted.size().bytes());
    }
}
