package dev.cachewarden.prune.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.WatchedHost;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Measures the disk under an engine's data root, where it can be seen from here. */
@Component
class DataRootDisk {

    private final HostProber prober;

    DataRootDisk(HostProber prober) {
        this.prober = prober;
    }

    /** @return what is free now; null where the disk was not to be seen before, or is not any more */
    @Nullable
    ByteSize free(WatchedHost host) {
        var known = host.capabilities();
        if (known == null || known.dataRootSpace() == null) {
            return null;
        }
        return prober.probe(host.connection()) instanceof ProbeResult.Reached reached
                        && reached.capabilities().dataRootSpace() != null
                        && reached.capabilities().engineId().equals(known.engineId())
                ? reached.capabilities().dataRootSpace().free()
                : null;
    }
}
