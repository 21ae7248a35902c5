package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyView.Content;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyChangeTests {

    @Test
    void listsChangedGuards() {
        var before = guarded(new RunGuards(Duration.ofMinutes(10), 3, 500, null));
        var after = guarded(new RunGuards(null, 3, 200, Duration.ofMillis(500)));

        assertThat(PolicyChange.between(before, after, PruneRule::toString))
                .containsExactly(
                        new PolicyChange("Wait for builds", "10 min", "as in the server settings"),
                        new PolicyChange("Batch size", "500", "200"),
                        new PolicyChange("Pause between batches", "as in the server settings", "0.5 s"));
        assertThat(PolicyChange.between(before, before, PruneRule::toString)).isEmpty();
    }

    private static Content guarded(RunGuards guards) {
        return new Content(
                "p",
                PolicyMode.ENFORCE,
                true,
                LabelSelector.EVERY_HOST,
                0,
                List.of(PruneRule.unusedFor(Duration.ofDays(7))),
                List.of(),
                Triggers.NONE,
                LimitPerRun.ofShare(20),
                null,
                guards);
    }
}
