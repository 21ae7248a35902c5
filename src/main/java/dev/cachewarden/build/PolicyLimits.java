package dev.cachewarden.build;

import dev.cachewarden.host.WatchedHost;
import java.util.List;

/**
 * The limits that prune policies set for a cache. The analysis of builds does not know policies, so the module {@code policy} implements this.
 */
@FunctionalInterface
public interface PolicyLimits {

    /**
     * Returns the tightest limit of the policy that prunes the host's engine, followed by the tightest limit of each policy that only
     * reports there. Overruled policies and policies without a rule for the whole cache are omitted.
     */
    List<CacheLimit> of(WatchedHost host);
}
