package dev.cachewarden.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.EnginePorts;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.ProbeResult;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An exact prune of 1,000 records on a real engine, against {@code docker buildx prune} in cap mode for the same number. */
class PruneBenchmark {

    private static final int RECORDS = 1_000;

    private final BenchmarkEngine engine = new BenchmarkEngine();

    @Test
    void exactPruneAgainstCapMode() {
        try (var ports = EnginePorts.open(Map.of())) {
            var capabilities = probe(ports);
            for (int round = 1; round <= 2; round++) {
                var exact = exact(ports, capabilities);
                var capMode = capMode(ports, capabilities);
                Figures.print(
                        "prune of %d records, round %d: exact %.0f ms, buildx cap mode %.0f ms, ratio %.2f (aim: at most 1)",
                        RECORDS,
                        round,
                        Figures.millis(exact),
                        Figures.millis(capMode),
                        Figures.millis(exact) / Figures.millis(capMode));
            }
        }
    }

    private HostCapabilities probe(EnginePorts ports) {
        return switch (ports.prober().probe(engine.connection())) {
            case ProbeResult.Reached reached -> reached.capabilities();
            case ProbeResult.Failed failed ->
                throw new AssertionError(failed.problem().message());
        };
    }

    private Duration exact(EnginePorts ports, HostCapabilities capabilities) {
        refill();
        var chosen = childrenFirst(read(ports, capabilities)).stream()
                .limit(RECORDS)
                .map(CacheRecord::id)
                .toList();
        var order = new PruneOrder(engine.connection(), capabilities, capabilities.engineId(), chosen);
        long start = System.nanoTime();
        var report = ports.pruner().prune(order, record -> {});
        var took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(report.pruned()).hasSize(RECORDS);
        return took;
    }

    private Duration capMode(EnginePorts ports, HostCapabilities capabilities) {
        refill();
        var before = read(ports, capabilities);
        long total = before.stream().mapToLong(record -> record.size().bytes()).sum();
        // All chosen records are of one size, so that a share of the bytes is the same share of the records.
        long limit = total - total * RECORDS / before.size();
        var cost = engine.docker("buildx", "prune", "--force", "--max-used-space", Long.toString(limit));
        int deleted = before.size() - read(ports, capabilities).size();
        Figures.print("buildx cap mode took %d records", deleted);
        return cost.wall().multipliedBy(RECORDS).dividedBy(deleted);
    }

    private void refill() {
        engine.empty();
        engine.fill(2 * RECORDS);
    }

    private List<CacheRecord> read(EnginePorts ports, HostCapabilities capabilities) {
        return ports.reader().read(engine.connection(), capabilities).records();
    }

    private static List<CacheRecord> childrenFirst(Collection<CacheRecord> records) {
        var byId = records.stream().collect(Collectors.toMap(CacheRecord::id, Function.identity()));
        var depths = new HashMap<String, Integer>();
        records.forEach(record -> depth(record, byId, depths));
        return records.stream()
                .sorted(Comparator.comparing((CacheRecord record) -> depths.getOrDefault(record.id(), 0))
                        .reversed())
                .toList();
    }

    private static int depth(CacheRecord record, Map<String, CacheRecord> byId, Map<String, Integer> depths) {
        var known = depths.get(record.id());
        if (known != null) {
            return known;
        }
        int depth = 0;
        for (String parent : record.parents()) {
            var above = byId.get(parent);
            if (above != null) {
                depth = Math.max(depth, depth(above, byId, depths) + 1);
            }
        }
        depths.put(record.id(), depth);
        return depth;
    }
}
