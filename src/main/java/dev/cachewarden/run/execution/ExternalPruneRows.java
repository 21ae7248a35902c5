package dev.cachewarden.run.execution;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import dev.cachewarden.run.ExternalPrunes;
import dev.cachewarden.run.RunState;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of external prunes, and the data about runs of Cachewarden needed to distinguish the two. */
@Repository
class ExternalPruneRows implements ExternalPrunes {

    /** The maximum time between an action of an engine and its record in a run. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private static final String[] ACTIVE = RunState.namesOf(RunState::active).toArray(String[]::new);

    private final JdbcClient jdbc;

    ExternalPruneRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Page<ExternalPrune> list(BuilderId builder, @Nullable String after, int limit) {
        String list = "external prunes " + builder;
        Long before =
                after == null ? null : Long.valueOf(Cursor.decode(list, after).getFirst());
        var found = jdbc.sql("""
                        select * from external_prune where builder_id = :builder
                            and (cast(:before as bigint) is null or at < (select at from external_prune where id = :before))
                        order by at desc limit :limit""")
                .param("builder", builder.value())
                .param("before", before)
                .param("limit", limit + 1)
                .query((row, number) -> new Row(row.getLong("id"), prune(row)))
                .list();
        var items = found.stream().limit(limit).map(Row::prune).toList();
        return new Page<>(
                items,
                found.size() <= limit ? null : Cursor.encode(list, List.of(Long.toString(found.get(limit - 1).id))));
    }

    private record Row(long id, ExternalPrune prune) {}

    private static ExternalPrune prune(ResultSet row) throws SQLException {
        return new ExternalPrune(
                new BuilderId(row.getLong("builder_id")),
                Columns.instantOrNull(row, "since"),
                Columns.instant(row, "at"),
                Columns.amount(row, "record_count", "total_bytes"),
                Known.valueOf(row.getString("known")),
                Columns.instantOrNull(row, "event_at"),
                Columns.sizeOrNull(row, "reported_bytes"));
    }

    /** Stores an external prune. Of several replicas that find it, only one stores it. */
    void insert(ExternalPrune prune) {
        jdbc.sql("""
                        insert into external_prune (builder_id, since, at, record_count, total_bytes, known, event_at, reported_bytes)
                        values (:builder, :since, :at, :count, :bytes, :known, :eventAt, :reported)
                        on conflict (builder_id, at) do nothing""")
                .param("builder", prune.builder().value())
                .param("since", Columns.timeOrNull(prune.since()))
                .param("at", Columns.time(prune.at()))
                .param("count", prune.gone().records())
                .param("bytes", prune.gone().size().bytes())
                .param("known", prune.known().name())
                .param("eventAt", Columns.timeOrNull(prune.eventAt()))
                .param("reported", Columns.bytesOrNull(prune.reported()))
                .update();
    }

    void deleteOlderThan(Instant time) {
        jdbc.sql("delete from external_prune where at < ?")
                .param(Columns.time(time))
                .update();
    }

    /** Returns for each builder the time of the last snapshot that was searched. */
    Map<BuilderId, Instant> watched() {
        var watched = new HashMap<BuilderId, Instant>();
        jdbc.sql("select * from external_prune_watch").query(row -> {
            watched.put(new BuilderId(row.getLong("builder_id")), Columns.instant(row, "until"));
        });
        return watched;
    }

    void watch(BuilderId builder, Instant until) {
        jdbc.sql("""
                        insert into external_prune_watch (builder_id, until) values (:builder, :until)
                        on conflict (builder_id) do update set until = greatest(external_prune_watch.until, excluded.until)""")
                .param("builder", builder.value())
                .param("until", Columns.time(until))
                .update();
    }

    /**
     * Returns the number of ended runs on an engine, or empty if a run is active there. The deletions of an active run are not all stored
     * yet.
     */
    OptionalLong settledRuns(String engineId) {
        return jdbc.sql("""
                        select case when bool_or(state = any(:active)) then null
                            else count(*) filter (where ended_at is not null) end as settled
                        from prune_run where engine_id = :engine""")
                .param("active", ACTIVE)
                .param("engine", engineId)
                .query((row, number) -> {
                    var settled = row.getObject("settled", Long.class);
                    return settled == null ? OptionalLong.empty() : OptionalLong.of(settled);
                })
                .single();
    }

    /**
     * Returns whether a run of Cachewarden was deleting on an engine at a time. Over HTTP, such a run causes the same events as any other
     * prune.
     */
    boolean runAt(String engineId, Instant time) {
        return jdbc.sql("""
                        select exists (select 1 from prune_run where engine_id = :engine
                            and started_at <= :latest and coalesce(deletion_ended_at, ended_at) >= :earliest)""")
                .param("engine", engineId)
                .param("latest", Columns.time(time.plus(MARGIN)))
                .param("earliest", Columns.time(time.minus(MARGIN)))
                .query(Boolean.class)
                .single();
    }
}
