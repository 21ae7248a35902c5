package dev.cachewarden.prune;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The prune policies. */
public interface Policies {

    /** All of them in the order of their names. */
    List<PolicyView> all();

    Optional<PolicyView> find(long id);

    /**
     * Saves a first version.
     *
     * @param by who saves
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     */
    PolicyView create(PolicyInput input, String by);

    /**
     * Saves a new version; if nothing changes, none.
     *
     * @param expectedVersion the version the change was made to; null: whatever it is
     * @param by who saves
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     * @throws dev.cachewarden.rest.ConflictException if it has another version by now, or comes from a configuration file
     */
    PolicyView change(long id, PolicyInput input, @Nullable Integer expectedVersion, String by);

    /**
     * Forgets a policy; its plans and runs stay.
     *
     * @throws dev.cachewarden.rest.ConflictException if it comes from a configuration file
     * @throws dev.cachewarden.rest.NotFoundException if there is no such policy
     */
    void remove(long id);

    /**
     * Reads a policy without saving it.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted
     */
    PolicyView.Content read(PolicyInput input);

    /**
     * The next times a cron fires.
     *
     * @throws dev.cachewarden.rest.InvalidInputException about {@code cron} or {@code timeZone}
     */
    List<Instant> nextFires(String cron, @Nullable String timeZone, int count);
}
