package dev.cachewarden.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The repository of API tokens. */
interface SavedTokens extends Repository<SavedToken, Long> {

    @Query("select t from SavedToken t order by t.createdAt desc, t.id desc")
    List<SavedToken> newestFirst();

    Optional<SavedToken> findById(long id);

    Optional<SavedToken> findByPrefix(String prefix);

    @Query("select distinct t.owner from SavedToken t where t.owner is not null and t.prefix = :prefix")
    List<String> ownersByPrefix(String prefix);

    @Query("select distinct t.owner from SavedToken t where t.owner is not null and t.name = :name")
    List<String> ownersByName(String name);

    SavedToken saveAndFlush(SavedToken token);

    @Modifying
    @Transactional
    @Query("update SavedToken t set t.lastUsedAt = :now where t.id = :id")
    void recordUse(long id, Instant now);

    /** Revokes a token. The first revocation counts. */
    @Modifying
    @Transactional
    @Query("update SavedToken t set t.revokedAt = :now where t.id = :id and t.revokedAt is null")
    void revoke(long id, Instant now);

    @Modifying
    @Transactional
    @Query("update SavedToken t set t.revokedAt = :now where t.owner = :owner and t.revokedAt is null")
    void revokeAllOf(String owner, Instant now);
}
