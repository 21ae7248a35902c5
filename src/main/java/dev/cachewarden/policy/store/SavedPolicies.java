package dev.cachewarden.policy.store;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The repository of policies. */
interface SavedPolicies extends Repository<SavedPolicy, Long> {

    @Query("select p from SavedPolicy p order by lower(p.name), p.id")
    List<SavedPolicy> inOrderOfName();

    Optional<SavedPolicy> findById(long id);

    /** Locks the policy, so that two saves wait for each other, and the second sees the version of the first. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select p from SavedPolicy p where p.id = :id")
    Optional<SavedPolicy> findToChange(long id);

    @Query("select p.id as id, p.name as name from SavedPolicy p")
    List<Named> names();

    /** The name of a policy. */
    interface Named {
        long getId();

        String getName();
    }

    @Query(nativeQuery = true, value = """
            select * from prune_policy where enabled and next_start_at <= cast(:now as timestamptz) order by next_start_at, id""")
    List<SavedPolicy> due(Instant now);

    SavedPolicy saveAndFlush(SavedPolicy policy);

    void delete(SavedPolicy policy);

    void flush();

    @Modifying(flushAutomatically = true, clearAutomatically = true)
    @Transactional
    @Query("update SavedPolicy p set p.configFile = null where p.id = :id")
    void release(long id);

    /**
     * Sets the next scheduled time, if it still has the value that was read, and records the start as pending. Of several replicas that try,
     * only one succeeds.
     */
    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = """
            with claimed as (
                update prune_policy set next_start_at = cast(:next as timestamptz), last_start_at = cast(:now as timestamptz),
                    last_start_result = null
                where id = :id and enabled and version = :version and next_start_at = cast(:seen as timestamptz) returning id)
            insert into prune_pending_start (policy_id, started_at, heartbeat_at)
            select id, cast(:now as timestamptz), cast(:now as timestamptz) from claimed
            on conflict (policy_id) do update
            set started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, attempts = 1""")
    int claim(long id, int version, @Nullable Instant seen, @Nullable Instant next, Instant now);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = """
            update prune_policy set last_start_at = cast(:at as timestamptz), last_start_result = null where id = :id""")
    void recordBegun(long id, Instant at);

    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = """
            update prune_policy set last_start_result = cast(:result as jsonb)
            where id = :id and last_start_at = cast(:startedAt as timestamptz)""")
    void recordStartResult(long id, Instant startedAt, String result);
}
