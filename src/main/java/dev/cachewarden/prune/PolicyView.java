package dev.cachewarden.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.prune.plan.Ceiling;
import dev.cachewarden.prune.plan.Filter;
import dev.cachewarden.prune.plan.PruneRule;
import dev.cachewarden.rest.FieldProblem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stored policy.
 *
 * @param scope labels a host must carry, all of them; empty: every host
 * @param pins what passes any of them no rule may take
 * @param cron five fields; null: by hand only
 * @param ceiling the most one run may take of one builder
 * @param approveAbove runs of more bytes wait for a person; null: none does
 * @param nextFireAt null: disabled, or by hand only
 * @param lastFireAt null: never yet
 * @param lastFireResult what came of it, in words; null before, and while it is being worked on
 * @param version counts the saves, from 1
 * @param warnings what is allowed, and may not be meant
 */
public record PolicyView(
        long id,
        String name,
        PolicyMode mode,
        boolean enabled,
        Map<String, String> scope,
        List<PruneRule> rules,
        List<Filter> pins,
        @Nullable String cron,
        ZoneId timeZone,
        Ceiling ceiling,
        @Nullable ByteSize approveAbove,
        @Nullable Instant nextFireAt,
        @Nullable Instant lastFireAt,
        @Nullable String lastFireResult,
        Instant createdAt,
        Instant updatedAt,
        int version,
        List<FieldProblem> warnings) {

    public PolicyView {
        scope = Map.copyOf(scope);
        rules = List.copyOf(rules);
        pins = List.copyOf(pins);
        warnings = List.copyOf(warnings);
    }

    /** Whether a host with these labels is in its scope. */
    public boolean covers(Map<String, String> labels) {
        return labels.entrySet().containsAll(scope.entrySet());
    }
}
