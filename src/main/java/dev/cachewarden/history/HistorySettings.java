package dev.cachewarden.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How hosts are polled, and how long what was seen is kept.
 *
 * @param polling whether hosts are polled at all
 * @param concurrentReadings how many readings may be in memory at a time; a host that does not answer does not count for long
 * @param probeEvery pause between two probes of a host that answers
 * @param keepSamples for how long each reading's sums are kept
 * @param keepFiveMinutes for how long their means over 5 minutes are kept
 * @param keepHours for how long their means over an hour are kept
 * @param keepGoneRecords for how long a record is remembered after it went
 * @param keepUses for how long uses that were seen are kept
 * @param memory how much may be taken to keep figures of records that lists are summed up from; zero: none is kept; null: an eighth of the heap
 */
@ConfigurationProperties("cachewarden.history")
public record HistorySettings(
        @DefaultValue("true") boolean polling,
        @DefaultValue("32") int concurrentReadings,
        @DefaultValue("10m") Duration probeEvery,
        @DefaultValue("48h") Duration keepSamples,
        @DefaultValue("30d") Duration keepFiveMinutes,
        @DefaultValue("730d") Duration keepHours,
        @DefaultValue("90d") Duration keepGoneRecords,
        @DefaultValue("90d") Duration keepUses,
        @Nullable DataSize memory) {

    private static final int SHARE_OF_HEAP = 8;

    public HistorySettings {
        if (concurrentReadings < 1) {
            throw new IllegalArgumentException("cachewarden.history.concurrent-readings must be at least 1");
        }
        // Means are made of what is one step finer, so that must outlive their span.
        atLeast("probe-every", probeEvery, Duration.ofSeconds(1));
        atLeast("keep-samples", keepSamples, Duration.ofMinutes(10));
        atLeast("keep-five-minutes", keepFiveMinutes, Duration.ofHours(2));
        atLeast("keep-hours", keepHours, Duration.ofHours(1));
        atLeast("keep-gone-records", keepGoneRecords, Duration.ZERO);
        atLeast("keep-uses", keepUses, Duration.ZERO);
        if (memory != null && memory.isNegative()) {
            throw new IllegalArgumentException("cachewarden.history.memory is negative: " + memory);
        }
    }

    /** The most that figures of records may take. */
    public long figuresBytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : memory.toBytes();
    }

    private static void atLeast(String name, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "cachewarden.history." + name + " is " + given + ", but must be at least " + least);
        }
    }
}
