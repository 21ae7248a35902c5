package dev.cachewarden.run.web;

import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyTemplate;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.rest.InvalidInputException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A manual plan in a request: either the host or the builder, and either the rules with a limit per run or a template.
 *
 * @param template the ID of a template, whose rules and limit per run apply; {@code record} deletes one record
 * @param recordId the ID of the record, only with the template {@code record}
 * @param limitPerRun the limit per run of the template applies if absent
 */
record PlanRequest(
        @Schema(example = "unused-24h") @Nullable String template,
        @Nullable String recordId,
        @Nullable Long hostId,
        @Nullable Long builderId,
        @Nullable List<PolicyDocument.Rule> rules,
        PolicyDocument.@Nullable LimitPerRun limitPerRun) {

    PlanInput toInput() {
        if (template == null) {
            if (recordId != null) {
                throw new InvalidInputException("recordId", "requires the template 'record'");
            }
            return new PlanInput(
                    hostId,
                    builderId,
                    rules == null ? List.of() : rules,
                    limitPerRun == null ? PolicyDocument.LimitPerRun.NONE : limitPerRun);
        }
        if (rules != null) {
            throw new InvalidInputException("rules", "must not be set together with a template");
        }
        var policy = template(template).policy();
        return new PlanInput(
                hostId, builderId, policy.rules(), limitPerRun == null ? policy.limitPerRun() : limitPerRun);
    }

    private PolicyTemplate template(String id) {
        if (id.equals(PolicyTemplates.ONE_RECORD)) {
            if (recordId == null || recordId.isBlank()) {
                throw new InvalidInputException("recordId", "is missing; the template 'record' requires it");
            }
            return PolicyTemplates.oneRecord(recordId.strip());
        }
        return PolicyTemplates.find(id)
                .orElseThrow(() -> new InvalidInputException(
                        "template",
                        "'" + id + "' is not a template; use "
                                + PolicyTemplates.all().stream()
                                        .map(PolicyTemplate::id)
                                        .collect(Collectors.joining(", "))
                                + " or " + PolicyTemplates.ONE_RECORD));
    }
}
