package dev.cachewarden.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prune policies. */
public interface Policies {

    /** Returns all policies, sorted by name. */
    List<PolicyView> all();

    Optional<PolicyView> find(long id);

    /**
     * Saves the first version of a new policy.
     *
     * @param by the user who saves it
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     */
    PolicyView create(PolicyDocument input, String by);

    /**
     * Saves a new version of a policy. Saves nothing if nothing changes.
     *
     * @param expectedVersion the version that the change is based on, or null to accept any version
     * @param by the user who saves it
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now, or comes from a configuration file
     */
    PolicyView change(long id, PolicyDocument input, @Nullable Integer expectedVersion, String by);

    /**
     * Deletes a policy. Its plans and runs remain.
     *
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.NotFoundException if the policy does not exist
     */
    void remove(long id);

    /**
     * Validates and parses a policy without saving it.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every invalid field
     */
    PolicyView.Content read(PolicyDocument input);

    /**
     * Returns the next times of a cron expression.
     *
     * @throws dev.cachewarden.rest.InvalidInputException about {@code cron} or {@code timeZone}
     */
    List<Instant> nextStarts(String cron, @Nullable String timeZone, int count);
}
