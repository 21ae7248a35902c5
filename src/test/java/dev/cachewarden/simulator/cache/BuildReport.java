package dev.cachewarden.simulator.cache;

import java.util.List;

/**
 * How a simulated build went.
 *
 * @param hits steps found in the cache
 * @param misses steps that made a record
 * @param records of its steps, in their order
 */
public record BuildReport(int hits, int misses, List<SimulatedRecord> records) {

    public List<String> recordIds() {
        return records.stream().map(SimulatedRecord::id).toList();
    }
}
