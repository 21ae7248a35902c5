package dev.cachewarden.prune.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.WatchedHost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Measures the disk under an engine's data root anew, for what stands on a run. */
@Component
class DataRootDisk {

    private final DiskMeter disks;

    DataRootDisk(DiskMeter disks) {
        this.disks = disks;
    }

    /** @return what is free now; null where that is not known */
    @Nullable
    ByteSize free(WatchedHost host) {
        var space = disks.now(host).space();
        return space == null ? null : space.free();
    }
}
