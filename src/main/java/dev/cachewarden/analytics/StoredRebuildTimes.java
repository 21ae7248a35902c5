package dev.cachewarden.analytics;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Estimated rebuild times of records. BuildKit does not report which step created a record. So the latest step counts whose instruction is
 * in the description of the record.
 */
@Component
class StoredRebuildTimes implements RebuildTimes {

    private final KeptStepCosts costs;

    StoredRebuildTimes(KeptStepCosts costs) {
        this.costs = costs;
    }

    @Override
    public Map<String, Duration> of(BuilderId builder, Collection<CacheRecord> records) {
        var byInstruction = costs.latest(builder);
        var times = new HashMap<String, Duration>();
        if (byInstruction.isEmpty()) {
            return times;
        }
        for (var record : records) {
            var time = time(RecordInstruction.of(record.description()), byInstruction);
            if (time != null) {
                times.put(record.id(), time);
            }
        }
        return times;
    }

    /**
     * Returns the cost of an instruction, or null if unknown. An instruction with variables can match several costs. Then the highest
     * counts, so that an expensive record is not deleted by mistake.
     */
    static @Nullable Duration time(RecordInstruction instruction, NavigableMap<String, Duration> byInstruction) {
        var exact = byInstruction.get(instruction.text());
        if (exact != null || !instruction.hasVariable()) {
            return exact;
        }
        String beginning = instruction.beginning();
        return byInstruction.tailMap(beginning).entrySet().stream()
                .takeWhile(cost -> cost.getKey().startsWith(beginning))
                .filter(cost -> instruction.isOf(cost.getKey()))
                .map(Map.Entry::getValue)
                .max(Duration::compareTo)
                .orElse(null);
    }
}
