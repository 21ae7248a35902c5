package dev.cachewarden.policy.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The repository of the versions of policies. */
interface SavedVersions extends Repository<SavedVersion, SavedVersion.Key> {

    @Query("select v from SavedVersion v where v.key.policyId = :policy order by v.key.version desc")
    List<SavedVersion> newestFirst(long policy);

    Optional<SavedVersion> findById(SavedVersion.Key key);

    /** Returns the newest versions of the first policies, in the order of their names. */
    @Query(nativeQuery = true, value = """
            with policy as (select id, lower(name) name from prune_policy order by lower(name), id limit :policies)
            select kept.* from policy cross join lateral (
                select * from prune_policy_version v where v.policy_id = policy.id order by v.version desc limit :each) kept
            order by policy.name, policy.id, kept.version desc""")
    List<SavedVersion> latest(int policies, int each);

    @Query("""
            select v from SavedVersion v where v.savedAt >= :from and v.savedAt < :until
            order by v.savedAt desc, v.key.policyId desc, v.key.version desc""")
    List<SavedVersion> savedWithin(Instant from, Instant until, Limit limit);

    SavedVersion saveAndFlush(SavedVersion version);
}
