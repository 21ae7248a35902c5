package dev.cachewarden.prune.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.prune.PolicyInput;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy in a request. What an answer has besides is passed over, so that an answer can be changed and sent back.
 *
 * @param enabled absent: yes
 * @param scope labels a host must carry; absent or empty: every host
 * @param pins filters; what passes any of them no rule may take
 * @param version the version the change was made to; absent: whatever it is
 */
@JsonIgnoreProperties({"id", "nextFireAt", "lastFireAt", "lastFireResult", "createdAt", "updatedAt", "warnings"})
record PolicyRequest(
        @Nullable String name,

        @Schema(allowableValues = {"REPORT", "ENFORCE"}) @Nullable
        String mode,

        @Nullable Boolean enabled,
        @Nullable Map<String, @Nullable String> scope,
        @Nullable List<@Nullable RuleRequest> rules,
        @Nullable List<String> pins,
        @Schema(example = "30 3 * * *") @Nullable String cron,
        @Schema(example = "Europe/Berlin") @Nullable String timeZone,
        @Nullable CeilingRequest ceiling,

        @Schema(
                types = {"string", "integer"},
                example = "100GB")
        @Nullable
        Object approveAbove,

        @Nullable Long approveAboveBytes,
        @Nullable Integer version) {

    PolicyInput toInput() {
        var sizes = new RequestSizes();
        var labels = new TreeMap<String, String>();
        if (scope != null) {
            // A label without a value is no label; an empty text is told as such later.
            scope.forEach((key, value) -> labels.put(key, value == null ? "" : value));
        }
        var input = new PolicyInput(
                name,
                mode,
                enabled == null || enabled,
                labels,
                RuleRequest.toInputs(rules, sizes),
                pins == null ? List.of() : pins,
                cron,
                timeZone,
                CeilingRequest.toInput(ceiling, sizes),
                sizes.text("approveAbove", approveAbove, approveAboveBytes));
        sizes.throwIfAny();
        return input;
    }
}
