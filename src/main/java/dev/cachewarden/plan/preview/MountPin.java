package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pin that applies to a host, in every plan.
 *
 * @param policyId the ID of the policy, or null for a pin of the fleet
 * @param policy the name of the policy, or null for a pin of the fleet
 * @param filter records that match it are pinned
 */
public record MountPin(@Nullable Long policyId, @Nullable String policy, Filter filter) {

    /** A pin with a predicate that can test many records. */
    record Check(MountPin pin, Predicate<CacheRecord> pins) {}

    static Check check(FleetPin pin) {
        return new Check(new MountPin(null, null, pin.filter()), pin.filter().predicate());
    }

    static List<Check> checks(PolicyView policy) {
        return policy.pins().stream()
                .map(filter -> new Check(new MountPin(policy.id(), policy.name(), filter), filter.predicate()))
                .toList();
    }
}
