package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.store.PolicyBook.Origin;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.store.UniqueViolation;
import java.time.InstantSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/** The write access to policies of a configuration file. Each save is a version, like a save by a user. */
@Component
public class ConfiguredPolicies {

    private final PolicyBook book;
    private final SavedPolicies policies;
    private final InstantSource clock;

    ConfiguredPolicies(PolicyBook book, SavedPolicies policies, InstantSource clock) {
        this.book = book;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * Saves the first version of a new policy.
     *
     * @param content the result of {@link dev.cachewarden.policy.Policies#read}
     * @param by the author that the version names
     * @throws dev.cachewarden.rest.InvalidInputException if the name is taken
     */
    public PolicyView create(Content content, String file, String by) {
        if (book.isNameTaken(content.name(), null)) {
            throw StoredPolicies.nameTaken(content.name());
        }
        try {
            return book.insert(PolicyDraft.of(content), Origin.file(file, by), clock.instant());
        } catch (DataIntegrityViolationException e) {
            throw UniqueViolation.isCauseOf(e) ? StoredPolicies.nameTaken(content.name()) : e;
        }
    }

    /**
     * Saves a new version. If a user created the policy, the file manages it from then on.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    public PolicyView change(PolicyView before, Content content, String file, String by) {
        return save(before, content, Origin.file(file, by));
    }

    /**
     * Releases a policy to users and disables it, because a policy that no file requests any more must not delete anything. Saves a new
     * version if the policy was enabled.
     *
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now
     */
    public PolicyView disableAndRelease(PolicyView before, String by) {
        if (!before.enabled()) {
            release(before);
            return policies.findById(before.id()).map(SavedPolicy::view).orElseThrow(() -> versionChanged(before));
        }
        return save(before, before.content().disabled(), Origin.file(null, by));
    }

    private PolicyView save(PolicyView before, Content content, Origin origin) {
        return book.update(before.id(), before.version(), PolicyDraft.of(content), origin, clock.instant())
                .orElseThrow(() -> versionChanged(before));
    }

    /** Releases a policy to users unchanged, without a new version. */
    public void release(PolicyView policy) {
        policies.release(policy.id());
    }

    private static ConflictException versionChanged(PolicyView before) {
        return new ConflictException("Policy " + before.name() + " is no longer at version " + before.version()
                + ". Another user changed it at the same time.");
    }
}
