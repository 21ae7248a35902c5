package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.dashboard.HostStatus.Level;
import java.util.List;
import java.util.Map;

/**
 * The overview.
 *
 * @param byLevel number of hosts by level, worst first, without zeros
 * @param usage total usage of all engines, each counted once
 * @param attention hosts that need attention, worst first, limited in number
 * @param attentionTotal number of all hosts that need attention
 * @param diskUnknown hosts that respond but whose free disk space is unknown
 * @param unread number of hosts without any reading, so that the totals are too low
 * @param twice number of hosts that the totals exclude, because they lead to an engine that is already counted
 * @param table all hosts, or an empty list if there are too many
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
