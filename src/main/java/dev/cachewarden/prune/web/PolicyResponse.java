package dev.cachewarden.prune.web;

import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.Filter;
import dev.cachewarden.rest.FieldProblem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A policy in an answer. */
record PolicyResponse(
        long id,
        String name,
        PolicyMode mode,
        boolean enabled,
        Map<String, String> scope,
        List<RuleResponse> rules,
        List<String> pins,
        @Nullable String cron,
        String timeZone,
        CeilingResponse ceiling,
        @Nullable Long approveAboveBytes,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        @Nullable String lastFireResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<FieldProblem> warnings) {

    static PolicyResponse of(PolicyView policy) {
        return new PolicyResponse(
                policy.id(),
                policy.name(),
                policy.mode(),
                policy.enabled(),
                new TreeMap<>(policy.scope()),
                policy.rules().stream().map(RuleResponse::of).toList(),
                policy.pins().stream().map(Filter::toString).toList(),
                policy.cron(),
                policy.timeZone().getId(),
                CeilingResponse.of(policy.ceiling()),
                RuleResponse.bytes(policy.approveAbove()),
                policy.nextFireAt(),
                policy.lastFireAt(),
                policy.lastFireResult(),
                policy.createdAt(),
                policy.updatedAt(),
                policy.version(),
                policy.warnings());
    }
}
