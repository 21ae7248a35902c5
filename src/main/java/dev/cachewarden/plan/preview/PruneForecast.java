package dev.cachewarden.plan.preview;

import dev.cachewarden.planner.Reason;
import dev.cachewarden.policy.PolicyView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The forecast of a policy for a record.
 *
 * @param now why the policy would delete or keep the record if it started now
 * @param goesAt the time of the run that deletes it, or null if no run within the forecast period does or {@code unknown} is given. The
 *     forecast assumes that earlier runs delete what they plan, and that no build uses or adds anything until then
 * @param unknown why the forecast is unknown, as a sentence; null if it is known
 */
public record PruneForecast(
        PolicyView policy,
        Reason now,
        @Nullable Instant goesAt,
        @Nullable String unknown) {

    /** Returns whether the policy would delete the record now. */
    public boolean takes() {
        return now instanceof Reason.Taken;
    }
}
