package dev.cachewarden.prune.outlook;

import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do with a record.
 *
 * @param now why it would take it, or keep it, were it to fire now
 * @param goesAt the run that takes it, if all runs before it delete what they plan and no build uses or adds anything until then; null:
 *     no run within the time looked at takes it, or {@code unknown}
 * @param unknown why the forecast is unknown, as a sentence; null: it is known
 */
public record Outlook(
        PolicyView policy,
        Reason now,
        @Nullable Instant goesAt,
        @Nullable String unknown) {

    /** Whether it would take it at once. */
    public boolean takes() {
        return now instanceof Reason.Taken;
    }
}
