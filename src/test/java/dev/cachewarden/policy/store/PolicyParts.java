package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Policies put together by hand, for tests of other packages. */
public final class PolicyParts {

    private PolicyParts() {}

    public static StoredPolicies policies(JdbcClient jdbc, InstantSource clock) {
        return new StoredPolicies(new PolicyRows(jdbc, event -> {}), clock);
    }

    /** What a policy comes to. */
    public static PolicyView.Content read(PolicyDocument input) {
        return PolicyDraft.of(input).content();
    }
}
