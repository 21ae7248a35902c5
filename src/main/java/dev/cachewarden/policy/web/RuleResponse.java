package dev.cachewarden.policy.web;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Space;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule in a response, which a client can send back unchanged.
 *
 * @param maxUsedSpace a share of the disk, such as {@code 15%}, or null if there is no limit or it is in bytes
 * @param maxUsedSpaceBytes the limit in bytes, or null if there is no limit or it is a share of the disk
 */
public record RuleResponse(
        List<String> types,
        List<String> filters,
        @Nullable Duration unusedFor,
        @Nullable String maxUsedSpace,
        @Nullable Long maxUsedSpaceBytes,
        @Nullable String minFreeSpace,
        @Nullable Long minFreeSpaceBytes,
        @Nullable String reservedSpace,
        @Nullable Long reservedSpaceBytes,
        Measure measure,
        EvictionOrder order,
        boolean includeShared,
        boolean includeInternal) {

    public static RuleResponse of(PruneRule rule) {
        var selection = rule.selection();
        return new RuleResponse(
                selection.types().stream().map(RecordType::name).sorted().toList(),
                selection.filters().stream().map(Filter::toString).toList(),
                rule.unusedFor(),
                share(rule.maxUsedSpace()),
                bytes(rule.maxUsedSpace()),
                share(rule.minFreeSpace()),
                bytes(rule.minFreeSpace()),
                share(rule.reservedSpace()),
                bytes(rule.reservedSpace()),
                rule.measure(),
                rule.order(),
                selection.includeShared(),
                selection.includeInternal());
    }

    public static @Nullable String share(@Nullable Space space) {
        return space instanceof Space.ShareOfDisk ? space.written() : null;
    }

    public static @Nullable Long bytes(@Nullable Space space) {
        return space instanceof Space.Bytes known ? bytes(known.size()) : null;
    }

    public static @Nullable Long bytes(@Nullable ByteSize size) {
        return size == null ? null : size.bytes();
    }
}
