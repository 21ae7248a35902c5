package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyChanged;
import dev.cachewarden.policy.PolicyChanged.Kind;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.VisibleText;
import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes policies with their versions, each in one transaction with the event of the change. */
@Component
class PolicyBook {

    private final SavedPolicies policies;
    private final SavedVersions versions;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    /**
     * The origin of a change.
     *
     * @param by the user or component that saves
     * @param file the configuration file that manages the policy from then on, or null if users manage it
     * @param fromFile whether the change may affect a policy that a file manages
     */
    record Origin(String by, @Nullable String file, boolean fromFile) {

        static Origin person(String by) {
            return new Origin(by, null, false);
        }

        /**
         * Returns the origin of a change by a configuration file.
         *
         * @param file the file, or null to release the policy to users
         */
        static Origin file(@Nullable String file, String by) {
            return new Origin(by, file, true);
        }

        private boolean mayChange(SavedPolicy policy) {
            return fromFile || !policy.isManagedByFile();
        }
    }

    PolicyBook(
            SavedPolicies policies,
            SavedVersions versions,
            TransactionTemplate transactions,
            ApplicationEventPublisher events) {
        this.policies = policies;
        this.versions = versions;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * Inserts a new policy.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the name is taken
     */
    PolicyView insert(PolicyDraft draft, Origin origin, Instant now) {
        return transactions.execute(transaction -> {
            var policy = new SavedPolicy(draft, origin.file(), Columns.rounded(now));
            return save(policy, origin, Kind.CREATED);
        });
    }

    /**
     * Updates a policy. Returns empty if the policy does not exist in that version, or the origin may not change it.
     *
     * @throws org.springframework.dao.DataIntegrityViolationException if the name is taken
     */
    Optional<PolicyView> update(long id, @Nullable Integer version, PolicyDraft draft, Origin origin, Instant now) {
        return transactions.execute(transaction -> policies.findToChange(id)
                .filter(policy -> policy.hasVersion(version) && origin.mayChange(policy))
                .map(policy -> {
                    policy.save(draft, origin.file(), Columns.rounded(now));
                    return save(policy, origin, Kind.SAVED);
                }));
    }

    private PolicyView save(SavedPolicy policy, Origin origin, Kind kind) {
        policies.saveAndFlush(policy);
        versions.saveAndFlush(policy.toVersion(origin.by()));
        return publish(policy.view(), kind);
    }

    private PolicyView publish(PolicyView policy, Kind kind) {
        events.publishEvent(new PolicyChanged(policy.id(), policy.version(), kind));
        return policy;
    }

    /** Deletes a policy that users manage. */
    boolean delete(long id) {
        return transactions.execute(transaction -> policies.findToChange(id)
                .filter(policy -> !policy.isManagedByFile())
                .map(policy -> {
                    policies.delete(policy);
                    policies.flush();
                    return publish(policy.view(), Kind.REMOVED);
                })
                .isPresent());
    }

    /** Returns whether another policy has a name that looks the same. Existing policies with such names remain valid. */
    boolean isNameTaken(String name, @Nullable Long id) {
        var names = policies.names();
        boolean keepsItsOwn =
                names.stream().anyMatch(other -> isOf(id, other) && VisibleText.isSameName(other.getName(), name));
        return names.stream()
                .filter(other -> !isOf(id, other))
                .map(SavedPolicies.Named::getName)
                .anyMatch(other -> other.equals(name) || (!keepsItsOwn && VisibleText.isSameName(other, name)));
    }

    private static boolean isOf(@Nullable Long id, SavedPolicies.Named policy) {
        return id != null && id == policy.getId();
    }
}
