package dev.cachewarden.prune.web;

import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.PolicyMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan in an answer.
 *
 * @param planned what would go: exact for the snapshot
 * @param needsApproval whether its run waits for a person
 * @param guards of its run; what is null is as the service's settings have it when it runs
 */
record PlanResponse(
        long id,
        long hostId,
        String hostName,
        long builderId,
        String engineId,
        PlanView.@Nullable PolicyVersion policy,
        PolicyMode mode,
        Instant snapshotAt,
        Instant createdAt,
        String createdBy,
        List<RuleResponse> rules,
        CeilingResponse ceiling,
        long ceilingBytes,
        @Nullable Long approveAboveBytes,
        boolean needsApproval,
        SumResponse planned,
        Map<String, SumResponse> byType,
        SumResponse kept,
        Map<String, SumResponse> keptByReason,
        @Nullable Long runId,
        GuardsResponse guards) {

    static PlanResponse of(PlanView plan) {
        return new PlanResponse(
                plan.id(),
                plan.host().value(),
                plan.hostName(),
                plan.builder().value(),
                plan.engineId(),
                plan.policy(),
                plan.mode(),
                plan.snapshotAt(),
                plan.createdAt(),
                plan.createdBy(),
                plan.rules().stream().map(RuleResponse::of).toList(),
                CeilingResponse.of(plan.ceiling()),
                plan.ceilingBytes().bytes(),
                RuleResponse.bytes(plan.approveAbove()),
                plan.needsApproval(),
                SumResponse.of(plan.planned()),
                SumResponse.of(plan.byType()),
                SumResponse.of(plan.kept()),
                SumResponse.of(plan.keptByReason()),
                plan.runId(),
                GuardsResponse.of(plan.guards()));
    }
}
