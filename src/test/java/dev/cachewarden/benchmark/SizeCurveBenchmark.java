package dev.cachewarden.benchmark;

import dev.cachewarden.analytics.SizeReading;
import dev.cachewarden.analytics.Traces;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The size curve of a million uses: how many of them a second, and what memory it takes at the most beside the uses themselves. */
class SizeCurveBenchmark {

    private static final int USES = 1_000_000;
    private static final int CONTENTS = 100_000;
    private static final int BUILD = 20;
    private static final int TIMES = 7;

    @Test
    void aMillionUses() {
        var trace = Traces.skewed(1, USES, CONTENTS, false);
        var ends = Traces.ends(trace, BUILD);
        List<Duration> times = new ArrayList<>();
        long most = 0;
        for (int i = 0; i < TIMES; i++) {
            System.gc();
            long before =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            var read = (SizeReading.Read) SizeReading.of(trace, ends);
            times.add(Duration.ofNanos(System.nanoTime() - start));
            most = Math.max(most, peak() - before);
            if (read.curve().uses() != USES) {
                throw new IllegalStateException("Not all uses were looked at");
            }
        }
        double millis = Figures.medianMillis(times);
        Figures.print(
                "size curve of %,d uses of %,d records: %.0f ms, %,.0f uses a second, at most %,d MiB beside the uses, with what"
                        + " waits for collection",
                USES, CONTENTS, millis, USES / millis * 1_000, most >> 20);
    }

    /** The pools have their peaks at different times. */
    private static long peak() {
        return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
