package dev.cachewarden.policy.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.policy.PolicyInput;
import dev.cachewarden.policy.PolicyInput.When;
import dev.cachewarden.rest.InvalidInputException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy in a request. The other fields of a response are ignored, so that a client can change a response and send it back.
 *
 * @param enabled true if absent
 * @param scope conditions on labels, {@code "env=ci,team!=ml"}, or an object of labels that a host must have; every host if absent or empty
 * @param priority the enforced policy with the highest priority prunes a host; 0 if absent
 * @param pins filters; no rule deletes a record that matches one of them
 * @param guards the guards of its runs; the settings of the service apply if absent
 * @param version the version that the change is based on; any version if absent
 */
@JsonIgnoreProperties({
    "id",
    "nextFireAt",
    "lastFireAt",
    "lastFireResult",
    "createdAt",
    "updatedAt",
    "savedBy",
    "warnings",
    "configFile"
})
public record PolicyRequest(
        @Nullable String name,

        @Schema(allowableValues = {"REPORT", "ENFORCE"}) @Nullable
        String mode,

        @Nullable Boolean enabled,

        @Schema(
                types = {"string", "object"},
                example = "env=ci,team!=ml")
        @Nullable
        Object scope,

        @Nullable Integer priority,
        @Nullable List<@Nullable RuleRequest> rules,
        @Nullable List<String> pins,
        @Schema(example = "30 3 * * *") @Nullable String cron,
        @Schema(example = "Europe/Berlin") @Nullable String timeZone,
        @Nullable WatermarkRequest watermark,
        @Nullable Boolean afterBuilds,
        @Schema(example = "22:00-06:00") @Nullable String window,
        @Nullable CeilingRequest ceiling,

        @Schema(
                types = {"string", "integer"},
                example = "100GB")
        @Nullable
        Object approveAbove,

        @Nullable Long approveAboveBytes,
        @Nullable GuardsRequest guards,
        @Nullable Integer version) {

    public PolicyInput toInput() {
        var sizes = new RequestSizes();
        var input = new PolicyInput(
                name,
                mode,
                enabled == null || enabled,
                scopeText(),
                priority == null ? null : priority.toString(),
                RuleRequest.toInputs(rules, sizes),
                pins == null ? List.of() : pins,
                when(sizes),
                CeilingRequest.toInput(ceiling, sizes),
                sizes.text("approveAbove", approveAbove, approveAboveBytes),
                GuardsRequest.toInput(guards));
        sizes.throwIfAny();
        return input;
    }

    private When when(RequestSizes sizes) {
        boolean after = Boolean.TRUE.equals(afterBuilds);
        return watermark == null
                ? new When(cron, timeZone, null, null, null, after, window)
                : new When(
                        cron,
                        timeZone,
                        watermark.of(),
                        sizes.text("watermarkStart", watermark.start(), watermark.startBytes()),
                        sizes.text("watermarkStop", watermark.stop(), watermark.stopBytes()),
                        after,
                        window);
    }

    /**
     * Returns the scope as text. Scripts used an object of labels before conditions existed. It selects hosts that have all labels with
     * these values.
     */
    private @Nullable String scopeText() {
        return switch (scope) {
            case null -> null;
            case String text -> text;
            case Map<?, ?> labels ->
                labels.entrySet().stream()
                        // A label without a value is an invalid condition, which the validation reports later.
                        .map(label -> label.getKey() + "=" + (label.getValue() == null ? "" : label.getValue()))
                        .sorted()
                        .collect(Collectors.joining(","));
            default ->
                throw new InvalidInputException(
                        "scope", "must be a string such as \"env=ci,team!=ml\" or an object of labels");
        };
    }

    /**
     * A watermark in a request. Sizes have the same format as in rules.
     *
     * @param of CACHE if absent
     * @param start the threshold that starts the policy
     * @param stop the threshold that stops its run
     */
    record WatermarkRequest(
            @Schema(allowableValues = {"CACHE", "FREE_DISK"}) @Nullable
            String of,

            @Schema(
                    types = {"string", "integer"},
                    example = "80GB")
            @Nullable
            Object start,

            @Nullable Long startBytes,

            @Schema(
                    types = {"string", "integer"},
                    example = "60GB")
            @Nullable
            Object stop,

            @Nullable Long stopBytes) {}
}
