package dev.cachewarden.benchmark;

import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.log.ProgressReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/** A process of its own that reads 100 MB of log again and again, so that its heap can be bounded and is nobody else's. */
final class LogReading {

    private static final int MB = 1_000_000;
    private static final int ROUNDS = 9;
    private static final int WARM_UP = 4;

    /** Prints MB/s (median), the peak of the heap with what waits for collection, and what stays of it after a collection, in MiB. */
    void main(String[] kind) {
        byte[] beginning = beginning(kind[0]);
        byte[] block = block(kind[0]);
        List<Double> speeds = new ArrayList<>();
        long peak = 0;
        long kept = 0;
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            var reader = new ProgressReader(ProgressLimits.DEFAULT);
            long start = System.nanoTime();
            reader.feed(beginning, 0, beginning.length);
            for (long fed = 0; fed < 100 * MB; fed += block.length) {
                feed(reader, block);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (round >= WARM_UP) {
                speeds.add(100 / seconds);
                peak = Math.max(
                        peak,
                        pools().stream()
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum());
            }
            System.gc();
            kept = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (reader.finish().getFirst().vertices().isEmpty()) {
                throw new IllegalStateException("Nothing was read");
            }
        }
        speeds.sort(null);
        // The pools have their peaks at different times.
        peak = Math.min(peak, Runtime.getRuntime().maxMemory());
        System.out.printf(Locale.ROOT, "%.0f %d %d%n", speeds.get(ROUNDS / 2), peak >> 20, kept >> 20);
    }

    /** As a server hands on what it receives. */
    private static void feed(ProgressReader reader, byte[] block) {
        for (int at = 0; at < block.length; at += 8192) {
            reader.feed(block, at, Math.min(8192, block.length - at));
        }
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    private static byte[] beginning(String kind) {
        return switch (kind) {
            case "plain" -> lines("noisy.plain", line -> !line.contains("compiling") || line.contains("RUN"), 1);
            case "rawjson" -> lines("noisy.rawjson", line -> !line.startsWith("{\"logs\""), 1);
            default -> new byte[0];
        };
    }

    private static byte[] block(String kind) {
        return switch (kind) {
            case "plain" ->
                lines("noisy.plain", line -> line.startsWith("#5 ") && line.contains(" compiling "), 8 * MB);
            case "rawjson" -> lines("noisy.rawjson", line -> line.contains("\"logs\""), 8 * MB);
            default -> lines("first-live.rawjson", line -> !line.contains("[internal] load"), 8 * MB);
        };
    }

    /** Of a recorded log those that are wanted, again and again until they fill so many bytes. */
    private static byte[] lines(String log, Predicate<String> wanted, int bytes) {
        try (var in = Objects.requireNonNull(ProgressReader.class.getResourceAsStream("28.5/" + log))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            byte[] chosen = String.join("\n", text.lines().filter(wanted).toList())
                    .concat("\n")
                    .getBytes(StandardCharsets.UTF_8);
            var filled = new ByteArrayOutputStream();
            do {
                filled.write(chosen);
            } while (filled.size() < bytes);
            return filled.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
