package dev.cachewarden.policy.store;

import dev.cachewarden.policy.ContentCheck;
import dev.cachewarden.policy.PolicyChanged;
import dev.cachewarden.policy.PolicyChanged.Kind;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.rest.VisibleText;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of policies and their versions. Each statement is complete on its own. The transactions serve the events. */
@Repository
class PolicyRows {

    /** Stores the version in the statement that saves the policy, so neither exists without the other. */
    private static final String KEEP_VERSION = """
            , kept as (insert into prune_policy_version (policy_id, version, document, saved_at, saved_by)
                select id, version, document, :now, :by from saved)
            select * from saved""";

    private static final String VERSION =
            "select v.policy_id, v.version as kept_version, v.saved_at, v.saved_by, v.document from prune_policy_version v ";
    private static final String OF_POLICY = VERSION + "where v.policy_id = :policy";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    /**
     * The origin of a change.
     *
     * @param by the user or component that saves
     * @param file the configuration file that manages the policy from then on, or null if users manage it
     * @param fromFile whether the change may affect a policy that a file manages
     */
    record Origin(String by, @Nullable String file, boolean fromFile) {

        static Origin person(String by) {
            return new Origin(by, null, false);
        }

        /**
         * Returns the origin of a change by a configuration file.
         *
         * @param file the file, or null to release the policy to users
         */
        static Origin file(@Nullable String file, String by) {
            return new Origin(by, file, true);
        }
    }

    PolicyRows(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
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

    /**
     * Inserts a new policy.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the name is taken
     */
    @Transactional
    PolicyView insert(PolicyDraft draft, Origin origin, Instant now) {
        var inserted = withDocument(jdbc.sql("""
                                with saved as (insert into prune_policy (document, next_fire_at, created_at, updated_at, config_file)
                                values (cast(:document as jsonb), :nextFireAt, :now, :now, cast(:file as text))
                                returning *)""" + KEEP_VERSION), draft, origin, now)
                .query(PolicyRows::policy)
                .single();
        publish(inserted, Kind.CREATED);
        return inserted;
    }

    private void publish(PolicyView policy, Kind kind) {
        events.publishEvent(new PolicyChanged(policy.id(), policy.version(), kind));
    }

    /** Returns whether another policy has a name that looks the same. Existing policies with such names remain valid. */
    boolean isNameTaken(String name, @Nullable Long id) {
        var others = new HashMap<Long, String>();
        jdbc.sql("select id, name from prune_policy").query(row -> {
            others.put(row.getLong("id"), row.getString("name"));
        });
        var own = id == null ? null : others.remove(id);
        boolean keepsItsOwn = own != null && VisibleText.isSameName(own, name);
        return others.values().stream()
                .anyMatch(other -> other.equals(name) || !keepsItsOwn && VisibleText.isSameName(other, name));
    }

    /** Updates a policy. Returns empty if the policy does not exist in that version, or the origin may not change it. */
    @Transactional
    Optional<PolicyView> update(long id, @Nullable Integer version, PolicyDraft draft, Origin origin, Instant now) {
        var updated = withDocument(jdbc.sql("""
                                with saved as (update prune_policy set document = cast(:document as jsonb),
                                    next_fire_at = :nextFireAt, updated_at = :now, version = version + 1,
                                    config_file = cast(:file as text)
                                where id = :id and version = coalesce(cast(:version as integer), version)
                                    and (:ofFile or config_file is null)
                                returning *)""" + KEEP_VERSION), draft, origin, now)
                .param("ofFile", origin.fromFile())
                .param("id", id)
                .param("version", version)
                .query(PolicyRows::policy)
                .optional();
        updated.ifPresent(policy -> publish(policy, Kind.SAVED));
        return updated;
    }

    private static JdbcClient.StatementSpec withDocument(
            JdbcClient.StatementSpec statement, PolicyDraft draft, Origin origin, Instant now) {
        return statement
                .param("document", JsonColumns.document(PolicyDocument.of(draft.content())))
                .param("nextFireAt", Columns.timeOrNull(draft.nextFire(now)))
                .param("now", Columns.time(now))
                .param("file", origin.file())
                .param("by", origin.by());
    }

    /** Deletes a policy that users manage. */
    @Transactional
    boolean delete(long id) {
        var deleted = jdbc.sql("delete from prune_policy where id = ? and config_file is null returning *")
                .param(id)
                .query(PolicyRows::policy)
                .optional();
        deleted.ifPresent(policy -> publish(policy, Kind.REMOVED));
        return deleted.isPresent();
    }

    void release(long id) {
        jdbc.sql("update prune_policy set config_file = null where id = ?")
                .param(id)
                .update();
    }

    List<PolicyView> due(Instant now) {
        return jdbc.sql("select * from prune_policy where enabled and next_fire_at <= ? order by next_fire_at, id")
                .param(Columns.time(now))
                .query(PolicyRows::policy)
                .list();
    }

    /**
     * Sets the next scheduled time, if it still has the value that was read, and records the fire as pending. Of several replicas that try,
     * only one succeeds.
     */
    boolean claim(PolicyView policy, Instant now, @Nullable Instant next) {
        return jdbc.sql("""
                        with claimed as (
                            update prune_policy set next_fire_at = :next, last_fire_at = :now, last_fire_result = null
                            where id = :id and enabled and version = :version and next_fire_at = :seen returning id)
                        insert into prune_pending_fire (policy_id, fired_at, heard_at) select id, :now, :now from claimed
                        on conflict (policy_id) do update
                        set fired_at = excluded.fired_at, heard_at = excluded.heard_at, attempts = 1""")
                        .param("next", Columns.timeOrNull(next))
                        .param("now", Columns.time(now))
                        .param("id", policy.id())
                        .param("version", policy.version())
                        .param("seen", Columns.timeOrNull(policy.nextFireAt()))
                        .update()
                == 1;
    }

    void recordBegun(long id, Instant at) {
        jdbc.sql("update prune_policy set last_fire_at = ?, last_fire_result = null where id = ?")
                .params(Columns.time(at), id)
                .update();
    }

    void recordFired(long id, Instant firedAt, String result) {
        jdbc.sql("update prune_policy set last_fire_result = ? where id = ? and last_fire_at = ?")
                .params(result, id, Columns.time(firedAt))
                .update();
    }

    /** Returns the versions of a policy, newest first. */
    List<PolicyVersionView> versions(long policy) {
        return jdbc.sql(OF_POLICY + " order by v.version desc")
                .param("policy", policy)
                .query(PolicyRows::version)
                .list();
    }

    Optional<PolicyVersionView> version(long policy, int version) {
        return jdbc.sql(OF_POLICY + " and v.version = :version")
                .param("policy", policy)
                .param("version", version)
                .query(PolicyRows::version)
                .optional();
    }

    List<PolicyVersionView> latestVersions(int policies, int each) {
        return jdbc.sql("""
                        with policy as (select id, lower(name) name from prune_policy order by lower(name), id limit :policies)
                        select kept.* from policy cross join lateral (%s
                            where v.policy_id = policy.id order by v.version desc limit :each) kept
                        order by policy.name, policy.id, kept_version desc""".formatted(VERSION))
                .param("policies", policies)
                .param("each", each)
                .query(PolicyRows::version)
                .list();
    }

    /** Returns the versions saved within a time range, newest first. */
    List<PolicyVersionView> versions(Instant from, Instant until, int limit) {
        return jdbc.sql(VERSION + """
                        where v.saved_at >= :from and v.saved_at < :until
                        order by v.saved_at desc, v.policy_id desc, v.version desc limit :limit""")
                .param("from", Columns.time(from))
                .param("until", Columns.time(until))
                .param("limit", limit)
                .query(PolicyRows::version)
                .list();
    }

    private static PolicyVersionView version(ResultSet row, int number) throws SQLException {
        return new PolicyVersionView(
                row.getLong("policy_id"),
                row.getInt("kept_version"),
                content(row),
                Columns.instant(row, "saved_at"),
                row.getString("saved_by"));
    }

    private static PolicyView policy(ResultSet row, int number) throws SQLException {
        var content = content(row);
        return new PolicyView(
                row.getLong("id"),
                content,
                Columns.instantOrNull(row, "next_fire_at"),
                Columns.instantOrNull(row, "last_fire_at"),
                row.getString("last_fire_result"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"),
                row.getInt("version"),
                ContentCheck.of(content),
                row.getString("config_file"));
    }

    private static Content content(ResultSet row) throws SQLException {
        return PolicyDraft.of(JsonColumns.document(row.getString("document"))).content();
    }
}
