package dev.cachewarden.prune.outlook;

import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do with a record.
 *
 * @param now why it would take it, or keep it, were it to fire now
 * @param goesAt when it fires and takes it, if nothing is used, made or deleted till then; null: not within the time looked at, or it
 *     does not fire by a clock. Of a policy that fires very often, or over a very large cache, some fires are passed over, so that it may
 *     be an earlier one
 */
public record Outlook(
        PolicyView policy, Reason now, @Nullable Instant goesAt) {

    /** Whether it would take it at once. */
    public boolean takes() {
        return now instanceof Reason.Taken;
    }
}
