package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.WatchedHost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The measurement of the disk with an engine's data root, for the figures of a run. */
@Component
class DataRootDisk {

    private final DiskMeter disks;

    DataRootDisk(DiskMeter disks) {
        this.disks = disks;
    }

    /** Returns the space that is free now, or null if it is unknown. */
    @Nullable
    ByteSize free(WatchedHost host) {
        var space = disks.now(host).space();
        return space == null ? null : space.free();
    }
}
