package dev.cachewarden.prune.mount;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.plan.rule.Filter;
import java.util.List;
import java.util.function.Predicate;

/**
 * A pin of a policy. It keeps records from the rules of its own policy only.
 *
 * @param filter what passes it is pinned
 */
public record MountPin(long policyId, String policy, Filter filter) {

    /** A pin ready to be held against many records. */
    record Check(MountPin pin, Predicate<CacheRecord> pins) {}

    static List<Check> checks(PolicyView policy) {
        return policy.pins().stream()
                .map(filter -> new Check(new MountPin(policy.id(), policy.name(), filter), filter.predicate()))
                .toList();
    }
}
