package dev.cachewarden.plan.preview;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The limits of live previews.
 *
 * @param memory the memory for cached snapshots; zero disables the cache, and null sets a quarter of the heap
 */
@ConfigurationProperties("cachewarden.prune.preview")
record PreviewSettings(@Nullable DataSize memory) {

    private static final int SHARE_OF_HEAP = 4;

    PreviewSettings {
        if (memory != null && memory.isNegative()) {
            throw new IllegalArgumentException("cachewarden.prune.preview.memory must not be negative: " + memory);
        }
    }

    long bytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : memory.toBytes();
    }
}
