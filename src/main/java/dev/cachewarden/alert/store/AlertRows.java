package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.Course;
import dev.cachewarden.alert.Mute;
import dev.cachewarden.alert.Reported;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.host.HostId;
import dev.cachewarden.notify.Fact;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table of alerts. */
@Repository
class AlertRows {

    private static final TypeReference<List<Fact>> FACTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};

    private static final String INSERT = """
            insert into alert (alert_key, rule, subject_key, subject_name, host_id, policy_id, labels, path, state, severity, since,
                held_millis, firing_since, resolved_at, reopened, reported_at, reported_severity, for_digest, text, facts, mute)
            values (:key, :rule, :subjectKey, :subjectName, :host, :policy, cast(:labels as jsonb), :path, :state, :severity, :since,
                :held, :firingSince, :resolvedAt, :reopened, :reportedAt, :reportedSeverity, :forDigest, :text,
                cast(:facts as jsonb), cast(:mute as jsonb))""";

    /** Leaves the acknowledgement of an active alert alone, because a user may have changed it in the meantime. */
    private static final String UPDATE = """
            update alert set subject_name = :subjectName, labels = cast(:labels as jsonb), path = :path, state = :state,
                severity = :severity, since = :since, held_millis = :held, firing_since = :firingSince, resolved_at = :resolvedAt,
                reopened = :reopened, reported_at = :reportedAt, reported_severity = :reportedSeverity, for_digest = :forDigest,
                text = :text, facts = cast(:facts as jsonb), mute = cast(:mute as jsonb),
                acknowledged_by = case when :active then acknowledged_by end,
                acknowledged_at = case when :active then acknowledged_at end
            where id = :id""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    AlertRows(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    List<Alert> current() {
        return jdbc.sql("select * from alert where current")
                .query(AlertRows::alert)
                .list();
    }

    List<Alert> ofHost(HostId host) {
        return jdbc.sql("select * from alert where current and host_id = ?")
                .param(host.value())
                .query(AlertRows::alert)
                .list();
    }

    List<Alert> ofPolicy(long policy) {
        return jdbc.sql("select * from alert where current and policy_id = ?")
                .param(policy)
                .query(AlertRows::alert)
                .list();
    }

    void insert(Collection<Alert> alerts) {
        batches.batchUpdate(INSERT, parameters(alerts));
    }

    void update(Collection<Alert> alerts) {
        batches.batchUpdate(UPDATE, parameters(alerts));
    }

    void delete(Collection<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql("delete from alert where id = any(?)")
                    .param(ids.toArray(Long[]::new))
                    .update();
        }
    }

    /** Moves alerts that were resolved before a time, and whose end was reported, to the history. */
    void archive(Instant before) {
        jdbc.sql("""
                        update alert set current = false where current and state = 'RESOLVED' and resolved_at <= ?
                            and reported_at is null and not for_digest""").param(Columns.time(before)).update();
    }

    void forget(Instant before) {
        jdbc.sql("delete from alert where not current and resolved_at < ?")
                .param(Columns.time(before))
                .update();
    }

    Optional<Alert> find(long id) {
        return jdbc.sql("select * from alert where id = ?")
                .param(id)
                .query(AlertRows::alert)
                .optional();
    }

    /**
     * Returns alerts, newest first.
     *
     * @param states the states to include, at least one
     * @param host the host to include, or null for all
     * @param before only alerts with a lower ID, or null for all
     */
    List<Alert> list(
            Collection<AlertState> states,
            @Nullable HostId host,
            @Nullable RuleId rule,
            @Nullable Long before,
            int limit) {
        return jdbc.sql("""
                        select * from alert
                        where state = any(:states) and (cast(:host as bigint) is null or host_id = :host)
                            and (cast(:rule as text) is null or rule = :rule)
                            and (cast(:before as bigint) is null or id < :before)
                        order by id desc limit :limit""")
                .param("states", states.stream().map(AlertState::name).toArray(String[]::new))
                .param("host", host == null ? null : host.value())
                .param("rule", rule == null ? null : rule.id())
                .param("before", before)
                .param("limit", limit)
                .query(AlertRows::alert)
                .list();
    }

    /** Acknowledges an active alert. Returns whether it was active and not acknowledged. */
    boolean acknowledge(long id, String by, Instant now) {
        return jdbc.sql("""
                        update alert set acknowledged_by = ?, acknowledged_at = ?
                        where id = ? and current and state in ('FIRING', 'NO_DATA') and firing_since is not null
                            and resolved_at is null and acknowledged_by is null""").params(by, Columns.time(now), id).update() > 0;
    }

    private static MapSqlParameterSource[] parameters(Collection<Alert> alerts) {
        return alerts.stream().map(AlertRows::parameters).toArray(MapSqlParameterSource[]::new);
    }

    private static MapSqlParameterSource parameters(Alert alert) {
        var course = alert.course();
        var reported = alert.reported();
        var host = alert.subject().host();
        return new MapSqlParameterSource()
                .addValue("id", alert.id())
                .addValue("key", alert.key())
                .addValue("rule", alert.rule().id())
                .addValue("subjectKey", alert.subject().key())
                .addValue("subjectName", Columns.text(alert.subject().name()))
                .addValue("host", host == null ? null : host.value())
                .addValue("policy", alert.subject().policy())
                .addValue("labels", Columns.json(alert.subject().labels()))
                .addValue("path", alert.subject().path())
                .addValue("state", course.state().name())
                .addValue("severity", course.severity().name())
                .addValue("since", Columns.time(course.since()))
                .addValue("held", course.held().toMillis())
                .addValue("firingSince", Columns.timeOrNull(course.firingSince()))
                .addValue("resolvedAt", Columns.timeOrNull(course.resolvedAt()))
                .addValue("reopened", course.reopened())
                .addValue("reportedAt", Columns.timeOrNull(reported.at()))
                .addValue("reportedSeverity", nameOrNull(reported.severity()))
                .addValue("forDigest", reported.forDigest())
                .addValue("text", Columns.text(alert.text()))
                .addValue("facts", Columns.json(alert.facts()))
                .addValue("mute", alert.mute() == null ? null : Columns.json(alert.mute()))
                .addValue("active", course.active());
    }

    private static @Nullable String nameOrNull(@Nullable Severity severity) {
        return severity == null ? null : severity.name();
    }

    private static Alert alert(ResultSet row, int number) throws SQLException {
        var host = Columns.longOrNull(row, "host_id");
        var mute = row.getString("mute");
        var by = row.getString("acknowledged_by");
        return new Alert(
                row.getLong("id"),
                row.getString("alert_key"),
                RuleId.parse(row.getString("rule")).orElseThrow(),
                new Subject(
                        row.getString("subject_key"),
                        row.getString("subject_name"),
                        host == null ? null : new HostId(host),
                        Columns.longOrNull(row, "policy_id"),
                        Columns.fromJson(row.getString("labels"), LABELS),
                        row.getString("path")),
                course(row),
                reported(row),
                row.getString("text"),
                Columns.fromJson(row.getString("facts"), FACTS),
                mute == null ? null : Columns.fromJson(mute, Mute.class),
                by == null ? null : new Alert.Acknowledged(by, Columns.instant(row, "acknowledged_at")));
    }

    private static Course course(ResultSet row) throws SQLException {
        return new Course(
                AlertState.valueOf(row.getString("state")),
                Severity.valueOf(row.getString("severity")),
                Columns.instant(row, "since"),
                Duration.ofMillis(row.getLong("held_millis")),
                Columns.instantOrNull(row, "firing_since"),
                Columns.instantOrNull(row, "resolved_at"),
                row.getInt("reopened"));
    }

    private static Reported reported(ResultSet row) throws SQLException {
        var severity = row.getString("reported_severity");
        return new Reported(
                Columns.instantOrNull(row, "reported_at"),
                severity == null ? null : Severity.valueOf(severity),
                row.getBoolean("for_digest"));
    }
}
