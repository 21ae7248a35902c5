package dev.cachewarden.run.web;

import dev.cachewarden.host.DiskReading;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.web.SumResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan in a response.
 *
 * @param planned the records to delete, exact for the snapshot
 * @param needsApproval whether its run waits for approval
 * @param disk the disk reading that the plan is based on, or null if no rule depends on the disk
 * @param guards the guards of its run; for null values, the settings at the time of the run apply
 * @param policy version of the policy that the plan belongs to, or null for a manual plan
 * @param kept records that no rule deletes
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
        List<PolicyDocument.Rule> rules,
        PolicyDocument.LimitPerRun limitPerRun,
        long limitPerRunBytes,
        @Nullable Long approveAboveBytes,
        boolean needsApproval,
        SumResponse planned,
        Map<String, SumResponse> byType,
        SumResponse kept,
        Map<String, SumResponse> keptByReason,
        @Nullable Long runId,
        PolicyDocument.Guards guards,
        @Nullable DiskOfPlan disk) {

    /**
     * The disk in JSON.
     *
     * @param totalBytes the size of the disk, or null if it was unknown
     * @param freeBytes the free space of the disk, or null if it was unknown
     * @param problem why they were unknown, or null if they were known
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
                plan.target().host().value(),
                plan.target().hostName(),
                plan.target().builder().value(),
                plan.target().engineId(),
                plan.policy(),
                plan.mode(),
                plan.basis().snapshotAt(),
                plan.createdAt(),
                plan.createdBy(),
                plan.terms().rules().stream().map(PolicyDocument.Rule::of).toList(),
                PolicyDocument.LimitPerRun.of(plan.terms().limitPerRun()),
                plan.terms().limitPerRunBytes().bytes(),
                SumResponse.bytes(plan.terms().approveAbove()),
                plan.needsApproval(),
                SumResponse.of(plan.effect().planned()),
                SumResponse.of(plan.effect().byType()),
                SumResponse.of(plan.effect().kept()),
                SumResponse.of(plan.effect().keptByReason()),
                plan.runId(),
                PolicyDocument.Guards.of(plan.terms().guards()),
                DiskOfPlan.of(plan.basis().disk()));
    }
}
