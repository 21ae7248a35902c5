package dev.cachewarden.prune.policy;

import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.column.Columns;
import dev.cachewarden.prune.column.JsonColumns;
import dev.cachewarden.prune.plan.Ceiling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of policies. Each statement stands for itself, so that none needs a transaction around it. */
@Repository
class PolicyRows {

    private final JdbcClient jdbc;

    PolicyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<PolicyView> all() {
        return jdbc.sql("select * from prune_policy order by lower(name), id")
                .query(PolicyRows::policy)
                .list();
    }

    Optional<PolicyView> find(long id) {
        return jdbc.sql("select * from prune_policy where id = ?")
                .param(id)
                .query(PolicyRows::policy)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the name is taken */
    PolicyView insert(PolicyDraft draft, Instant now) {
        return withContent(jdbc.sql("""
                                insert into prune_policy (name, mode, enabled, scope, rules, pins, cron, time_zone, max_run_bytes,
                                    max_run_share, approve_above_bytes, next_fire_at, created_at, updated_at)
                                values (:name, :mode, :enabled, cast(:scope as jsonb), cast(:rules as jsonb), cast(:pins as jsonb), :cron, :timeZone,
                                    :maxRunBytes, :maxRunShare, :approveAbove, :nextFireAt, :now, :now)
                                returning *"""), draft, now).query(PolicyRows::policy).single();
    }

    /** Empty if there is no such policy in that version. */
    Optional<PolicyView> update(long id, @Nullable Integer version, PolicyDraft draft, Instant now) {
        return withContent(jdbc.sql("""
                                update prune_policy set name = :name, mode = :mode, enabled = :enabled,
                                    scope = cast(:scope as jsonb), rules = cast(:rules as jsonb), pins = cast(:pins as jsonb), cron = :cron,
                                    time_zone = :timeZone, max_run_bytes = :maxRunBytes, max_run_share = :maxRunShare,
                                    approve_above_bytes = :approveAbove, next_fire_at = :nextFireAt, updated_at = :now,
                                    version = version + 1
                                where id = :id and version = coalesce(cast(:version as integer), version)
                                returning *"""), draft, now)
                .param("id", id)
                .param("version", version)
                .query(PolicyRows::policy)
                .optional();
    }

    private static JdbcClient.StatementSpec withContent(
            JdbcClient.StatementSpec statement, PolicyDraft draft, Instant now) {
        return statement
                .param("name", draft.name())
                .param("mode", draft.mode().name())
                .param("enabled", draft.enabled())
                .param("scope", JsonColumns.labels(draft.scope()))
                .param("rules", JsonColumns.rules(draft.rules()))
                .param("pins", JsonColumns.filters(draft.pins()))
                .param("cron", draft.cron())
                .param("timeZone", draft.timeZone().getId())
                .param("maxRunBytes", Columns.bytesOrNull(draft.ceiling().maxBytes()))
                .param("maxRunShare", draft.ceiling().maxShare())
                .param("approveAbove", Columns.bytesOrNull(draft.approveAbove()))
                .param("nextFireAt", Columns.timeOrNull(draft.nextFire(now)))
                .param("now", Columns.time(now));
    }

    boolean delete(long id) {
        return jdbc.sql("delete from prune_policy where id = ?").param(id).update() == 1;
    }

    List<PolicyView> due(Instant now) {
        return jdbc.sql("select * from prune_policy where enabled and next_fire_at <= ? order by next_fire_at, id")
                .param(Columns.time(now))
                .query(PolicyRows::policy)
                .list();
    }

    /** Moves the next fire on, if it still is where it was seen: of several that try, one does it. */
    boolean claim(PolicyView policy, Instant now, @Nullable Instant next) {
        return jdbc.sql("""
                        update prune_policy set next_fire_at = :next, last_fire_at = :now, last_fire_result = null
                        where id = :id and enabled and version = :version and next_fire_at = :seen""")
                        .param("next", Columns.timeOrNull(next))
                        .param("now", Columns.time(now))
                        .param("id", policy.id())
                        .param("version", policy.version())
                        .param("seen", Columns.timeOrNull(policy.nextFireAt()))
                        .update()
                == 1;
    }

    void recordFired(long id, Instant firedAt, String result) {
        jdbc.sql("update prune_policy set last_fire_result = ? where id = ? and last_fire_at = ?")
                .params(result, id, Columns.time(firedAt))
                .update();
    }

    private static PolicyView policy(ResultSet row, int number) throws SQLException {
        var scope = JsonColumns.labels(row.getString("scope"));
        var rules = JsonColumns.rules(row.getString("rules"));
        return new PolicyView(
                row.getLong("id"),
                row.getString("name"),
                PolicyMode.valueOf(row.getString("mode")),
                row.getBoolean("enabled"),
                scope,
                rules,
                JsonColumns.filters(row.getString("pins")),
                row.getString("cron"),
                ZoneId.of(row.getString("time_zone")),
                new Ceiling(Columns.sizeOrNull(row, "max_run_bytes"), Columns.integerOrNull(row, "max_run_share")),
                Columns.sizeOrNull(row, "approve_above_bytes"),
                Columns.instantOrNull(row, "next_fire_at"),
                Columns.instantOrNull(row, "last_fire_at"),
                row.getString("last_fire_result"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getInt("version"),
                PolicyWarnings.of(scope, rules));
    }
}
