package dev.cachewarden.prune.web;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule in an answer. */
record RuleResponse(
        List<String> types,
        @Nullable Duration unusedFor,
        @Nullable Long maxUsedSpaceBytes,
        @Nullable Long reservedSpaceBytes) {

    static RuleResponse of(PruneRule rule) {
        return new RuleResponse(
                rule.types().stream().map(RecordType::name).sorted().toList(),
                rule.unusedFor(),
                bytes(rule.maxUsedSpace()),
                bytes(rule.reservedSpace()));
    }

    static @Nullable Long bytes(@Nullable ByteSize size) {
        return size == null ? null : size.bytes();
    }
}
