package dev.cachewarden.host.registry;

import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.ConflictException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Stores conflicts in their own table. The ID of a removed host is no longer part of a conflict. */
@Component
class StoredEngineConflicts implements EngineConflicts {

    private static final String OTHERS =
            "select id from host where engine_id = :engine and enabled and id <> :host order by id";

    // A user resolves a conflict by removing or disabling all hosts except one, or by confirming.
    private static final String OPEN = """
            select evidence from engine_conflict c where engine_id = :engine and confirmed_at is null and (
                select count(*) from host h where h.engine_id = c.engine_id and h.enabled and h.id = any (c.hosts)) > 1""";

    private static final String REPORT = """
            insert into engine_conflict (engine_id, since, hosts, evidence)
            values (:engine, :now, :hosts, :evidence)
            on conflict (engine_id) do update set
                since = case when engine_conflict.confirmed_at is null then engine_conflict.since else excluded.since end,
                hosts = excluded.hosts, evidence = excluded.evidence, confirmed_at = null, confirmed_by = null
            where engine_conflict.confirmed_at is null or not (excluded.hosts <@ engine_conflict.hosts)""";

    private static final String CONFIRM = """
            update engine_conflict set confirmed_at = :now, confirmed_by = :by
            where engine_id = :engine and confirmed_at is null""";

    private final JdbcClient jdbc;
    private final Hosts hosts;
    private final InstantSource clock;

    StoredEngineConflicts(JdbcClient jdbc, Hosts hosts, InstantSource clock) {
        this.jdbc = jdbc;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public Set<HostId> others(String engineId, HostId host) {
        return jdbc.sql(OTHERS)
                .param("engine", engineId)
                .param("host", host.value())
                .query((row, number) -> new HostId(row.getLong("id")))
                .set();
    }

    @Override
    public Optional<String> open(String engineId) {
        return jdbc.sql(OPEN).param("engine", engineId).query(String.class).optional();
    }

    @Override
    public void report(String engineId, Set<HostId> taking, String evidence) {
        jdbc.sql(REPORT)
                .param("engine", engineId)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("hosts", taking.stream().map(HostId::value).sorted().toArray(Long[]::new))
                .param("evidence", evidence)
                .update();
    }

    @Override
    public void confirmSame(HostId id, String by) {
        var host = hosts.find(id.value()).orElseThrow(() -> HostBook.missing(id));
        var engine = host.engineId();
        int confirmed = engine == null
                ? 0
                : jdbc.sql(CONFIRM)
                        .param("engine", engine)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("by", by)
                        .update();
        if (confirmed == 0) {
            throw new ConflictException(
                    "Host " + host.connection().name() + " has no open conflict about its engine ID.");
        }
    }
}
