package dev.cachewarden.host.registry;

import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The repository of registered hosts. */
interface Hosts extends Repository<Host, Long> {

    String WITH_BUILDERS = "select distinct h from Host h left join fetch h.builders ";

    @Query(WITH_BUILDERS + "order by h.name")
    List<Host> inOrderOfName();

    /**
     * Returns the row versions of all hosts and their builders, in the order of host names. They change with each write, and are faster to
     * read than the hosts.
     */
    @Query(nativeQuery = true, value = """
            select h.id as id, cast(h.xmin as text) || cast(h.ctid as text) || coalesce((
                select string_agg(cast(b.xmin as text) || cast(b.ctid as text), ' ' order by b.id)
                from builder b where b.host_id = h.id), '') as rowVersion
            from host h order by h.name""")
    List<Stamp> stamps();

    /** A host and the version of its rows. */
    interface Stamp {
        long getId();

        String getRowVersion();
    }

    @Query(WITH_BUILDERS + "where h.id in :ids")
    List<Host> withIds(Collection<Long> ids);

    @Query(WITH_BUILDERS + "where h.engineId = :engineId order by h.id")
    List<Host> withEngine(String engineId);

    @Query("select h from HostBuilder b join b.host h left join fetch h.builders where b.id = :builderId")
    Optional<Host> ofBuilder(long builderId);

    @Query(WITH_BUILDERS + "where h.id = :id")
    Optional<Host> find(long id);

    /** Locks the host, so that the end of a poll and a user's change wait for each other instead of failing. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("select h from Host h where h.id = :id")
    Optional<Host> findToChange(long id);

    @Query("select h.name from Host h where h.id <> :except")
    List<String> namesExceptOf(long except);

    @Query("select h.name from Host h where h.id = :id")
    Optional<String> nameOf(long id);

    Host saveAndFlush(Host host);

    /** Deletes a host; the database cascades to its dependent rows. Keeps a host that a configuration file manages. */
    @Modifying
    @Query("delete from Host h where h.id = :id and h.configFile is null")
    int remove(long id);
}
