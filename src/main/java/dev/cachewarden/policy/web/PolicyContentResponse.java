package dev.cachewarden.policy.web;

import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.Watermark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The editable content of a policy in a response. */
record PolicyContentResponse(
        String name,
        PolicyMode mode,
        boolean enabled,
        String scope,
        int priority,
        List<RuleResponse> rules,
        List<String> pins,
        @Nullable String cron,
        String timeZone,
        @Nullable WatermarkResponse watermark,
        boolean afterBuilds,
        @Nullable String window,
        CeilingResponse ceiling,
        @Nullable Long approveAboveBytes,
        GuardsResponse guards) {

    static PolicyContentResponse of(Content content) {
        var triggers = content.triggers();
        return new PolicyContentResponse(
                content.name(),
                content.mode(),
                content.enabled(),
                content.scope().toString(),
                content.priority(),
                content.rules().stream().map(RuleResponse::of).toList(),
                content.pins().stream().map(Filter::toString).toList(),
                triggers.cron(),
                triggers.timeZone().getId(),
                WatermarkResponse.of(triggers.watermark()),
                triggers.afterBuilds(),
                triggers.window() == null ? null : triggers.window().toString(),
                CeilingResponse.of(content.ceiling()),
                RuleResponse.bytes(content.approveAbove()),
                GuardsResponse.of(content.guards()));
    }

    /** A watermark in a response, which a client can send back unchanged. Sizes have the same format as in rules. */
    record WatermarkResponse(
            Watermark.Of of,
            @Nullable String start,
            @Nullable Long startBytes,
            @Nullable String stop,
            @Nullable Long stopBytes) {

        static @Nullable WatermarkResponse of(@Nullable Watermark watermark) {
            return watermark == null
                    ? null
                    : new WatermarkResponse(
                            watermark.of(),
                            RuleResponse.share(watermark.start()),
                            RuleResponse.bytes(watermark.start()),
                            RuleResponse.share(watermark.stop()),
                            RuleResponse.bytes(watermark.stop()));
        }
    }
}
