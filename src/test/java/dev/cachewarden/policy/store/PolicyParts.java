package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Policies put together by hand, for tests of other packages. */
public final class PolicyParts {

    private PolicyParts() {}

    public static StoredPolicies policies(TestDatabase database, InstantSource clock) {
        return policies(database, event -> {}, clock);
    }

    static StoredPolicies policies(TestDatabase database, ApplicationEventPublisher events, InstantSource clock) {
        var policies = database.repository(SavedPolicies.class);
        var versions = database.repository(SavedVersions.class);
        var book = new PolicyBook(policies, versions, database.transactions(), events);
        return new StoredPolicies(book, policies, versions, clock);
    }

    /** Policies that are only read from their documents: each call of the database fails. */
    public static StoredPolicies withoutDatabase(InstantSource clock) {
        var policies = absent(SavedPolicies.class);
        var versions = absent(SavedVersions.class);
        var transactions = new TransactionTemplate(absent(PlatformTransactionManager.class));
        return new StoredPolicies(
                new PolicyBook(policies, versions, transactions, event -> {}), policies, versions, clock);
    }

    private static <T> T absent(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException("No database: " + method);
                }));
    }

    /** What a policy comes to. */
    public static PolicyView.Content read(PolicyDocument input) {
        return PolicyDraft.of(input).content();
    }
}
