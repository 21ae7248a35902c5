package dev.cachewarden.prune;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy as somebody wrote it, not yet checked. A blank text is an absent one.
 *
 * @param name unique among policies
 * @param mode name of a {@link PolicyMode}; absent: REPORT
 * @param scope labels a host must carry, all of them; empty: every host
 * @param rules from the first to the last
 * @param pins filters; what passes any of them no rule may take
 * @param cron five fields: minute, hour, day, month, weekday; absent: by hand only
 * @param timeZone such as {@code Europe/Berlin}; absent: UTC
 * @param approveAbove runs of more bytes wait for a person; absent: none does
 */
public record PolicyInput(
        @Nullable String name,
        @Nullable String mode,
        boolean enabled,
        Map<String, String> scope,
        List<RuleInput> rules,
        List<String> pins,
        @Nullable String cron,
        @Nullable String timeZone,
        CeilingInput ceiling,
        @Nullable String approveAbove) {
    public PolicyInput {
        scope = Map.copyOf(scope);
        rules = List.copyOf(rules);
        pins = List.copyOf(pins);
    }
}
