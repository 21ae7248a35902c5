package dev.cachewarden.prune.web;

import dev.cachewarden.host.disk.DiskReading;
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
 * @param disk what it was worked out for; null: none of its rules speaks of the disk
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
        GuardsResponse guards,
        @Nullable DiskOfPlan disk) {

    /**
     * The disk in JSON.
     *
     * @param totalBytes and freeBytes: null where they were not known
     * @param problem why they were not; null where they were
     */
    record DiskOfPlan(
            Instant takenAt,
            @Nullable Long totalBytes,
            @Nullable Long freeBytes,
            @Nullable String problem) {

        private static @Nullable DiskOfPlan of(@Nullable DiskReading disk) {
            return switch (disk) {
                case null -> null;
                case DiskReading.Known known ->
                    new DiskOfPlan(
                            known.takenAt(),
                            known.space().total().bytes(),
                            known.space().free().bytes(),
                            null);
                case DiskReading.Unknown unknown -> new DiskOfPlan(unknown.takenAt(), null, null, unknown.problem());
            };
        }
    }

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
                GuardsResponse.of(plan.guards()),
                DiskOfPlan.of(plan.disk()));
    }
}
