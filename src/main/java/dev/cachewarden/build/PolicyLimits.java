package dev.cachewarden.build;

import dev.cachewarden.host.WatchedHost;
import java.util.List;

/** Tells to what prune policies limit a cache. Builds do not know what a policy is; who does, answers. */
@FunctionalInterface
public interface PolicyLimits {

    /**
     * Of the policy that prunes the host's engine, then of those that only report there; of each the tightest. Those that are overruled, and
     * those without a rule about the whole cache, are left out.
     */
    List<CacheLimit> of(WatchedHost host);
}
