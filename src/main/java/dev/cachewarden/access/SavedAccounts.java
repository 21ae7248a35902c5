package dev.cachewarden.access;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The repository of user accounts. */
interface SavedAccounts extends Repository<SavedAccount, Long> {

    @Query("select a from SavedAccount a order by a.name")
    List<SavedAccount> inOrderOfName();

    Optional<SavedAccount> findByName(String name);

    @Query("select a.role from SavedAccount a where a.name = :name")
    Optional<Role> roleOf(String name);

    @Query("select count(a) > 0 from SavedAccount a where a.name <> :name and a.role in :roles")
    boolean hasOther(String name, Collection<Role> roles);

    long count();

    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select a from SavedAccount a where a.name = :name")
    Optional<SavedAccount> findToChange(String name);

    /** Locks an account and all administrators, so that of two requests at once, the second sees the result of the first. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select a from SavedAccount a where a.name = :name or a.role = dev.cachewarden.access.Role.ADMIN order by a.id")
    List<SavedAccount> findToChangeWithAdmins(String name);

    SavedAccount saveAndFlush(SavedAccount account);

    void delete(SavedAccount account);

    /** Adds an administrator, unless there is an account. Of several replicas, one adds it. */
    @Modifying
    @Transactional
    @Query(nativeQuery = true, value = """
            insert into app_user (name, password_hash, role, created_at)
            select :name, :passwordHash, 'ADMIN', cast(:now as timestamptz) where not exists (select 1 from app_user)
            on conflict do nothing""")
    int addFirst(String name, String passwordHash, Instant now);

    @Modifying
    @Transactional
    @Query("update SavedAccount a set a.lastSeenAt = :now where a.name = :name")
    void recordSignIn(String name, Instant now);
}
