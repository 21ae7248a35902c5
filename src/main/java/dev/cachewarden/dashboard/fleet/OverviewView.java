package dev.cachewarden.dashboard.fleet;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.dashboard.fleet.HostStatus.Level;
import java.util.List;
import java.util.Map;

/**
 * The overview.
 *
 * @param byLevel how many hosts are how, the worst first, without zeros
 * @param usage of all engines together, each counted once
 * @param attention hosts that need somebody, the worst first, not all of them
 * @param attentionTotal how many there are of these
 * @param diskUnknown hosts that respond but whose free disk space is unknown
 * @param unread hosts that never gave a reading, so that the sums are lower than the truth
 * @param twice hosts left out of the sums, because they lead to an engine counted already
 * @param table the hosts, where they are few
 */
public record OverviewView(
        int hosts,
        Map<Level, Long> byLevel,
        CacheUsage usage,
        List<TypeShare> types,
        List<HostSummary> attention,
        int attentionTotal,
        List<HostSummary> diskUnknown,
        long unread,
        int twice,
        List<HostSummary> table) {}
