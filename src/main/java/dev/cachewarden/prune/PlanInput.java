package dev.cachewarden.prune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to plan by hand, not yet checked. Either the host or the builder is named.
 *
 * @param ceiling the most the run may take; required
 */
public record PlanInput(@Nullable Long hostId, @Nullable Long builderId, List<RuleInput> rules, CeilingInput ceiling) {
    public PlanInput {
        rules = List.copyOf(rules);
    }
}
