package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelReader;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;

/** The table of channels. */
@Repository
class ChannelRows {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private static final String SELECT = """
            select c.*, (select count(*) from notification_outbox o where o.channel_id = c.id and o.state = 'PENDING') as pending
            from notification_channel c
            """;

    /** Twice the longest pause of a channel. */
    private static final Duration LATEST = Duration.ofHours(2);

    private final JdbcClient jdbc;

    ChannelRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<StoredChannel> all() {
        return jdbc.sql(SELECT + "order by lower(c.name)")
                .query(ChannelRows::channel)
                .list();
    }

    Optional<StoredChannel> find(long id) {
        return jdbc.sql(SELECT + "where c.id = ?")
                .param(id)
                .query(ChannelRows::channel)
                .optional();
    }

    Optional<StoredChannel> lock(long id) {
        return jdbc.sql(SELECT + "where c.id = ? for update of c")
                .param(id)
                .query(ChannelRows::channel)
                .optional();
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the name is in use */
    long insert(ChannelDraft draft, @Nullable String file, String by, Instant now) {
        return jdbc.sql("""
                        insert into notification_channel
                            (name, type, enabled, least_severity, labels, settings, config_file, changed_at, changed_by)
                        values (:name, :type, :enabled, :severity, :labels::jsonb, :settings::jsonb, :file, :now, :by)
                        returning id""")
                .params(parameters(draft, by, now))
                .param("file", file, Types.VARCHAR)
                .query(Long.class)
                .single();
    }

    /** Changes a channel. It can deliver again immediately. */
    void update(long id, ChannelDraft draft, @Nullable String file, String by, Instant now) {
        jdbc.sql("""
                        update notification_channel set name = :name, type = :type, enabled = :enabled,
                            least_severity = :severity, labels = :labels::jsonb, settings = :settings::jsonb,
                            config_file = :file, changed_at = :now, changed_by = :by, next_at = null
                        where id = :id""")
                .params(parameters(draft, by, now))
                .param("file", file, Types.VARCHAR)
                .param("id", id)
                .update();
    }

    private static Map<String, Object> parameters(ChannelDraft draft, String by, Instant now) {
        return Map.of(
                "name", draft.name(),
                "type", draft.type().name(),
                "enabled", draft.enabled(),
                "severity", draft.leastSeverity().name(),
                "labels", Columns.json(draft.labels()),
                "settings", Columns.json(draft.settings()),
                "by", by,
                "now", Columns.time(now));
    }

    void release(long id) {
        jdbc.sql("update notification_channel set config_file = null where id = ?")
                .param(id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from notification_channel where id = ?").param(id).update();
    }

    /**
     * Claims a channel with a due notification, which no other replica uses. The row is locked until the transaction ends. A time that is too
     * far in the future was stored before the clock was set back, so it does not count.
     */
    Optional<StoredChannel> claimable(Instant now) {
        return jdbc.sql(SELECT + """
                        where c.enabled and (c.owned_until is null or not c.owned_until between :now and :later)
                          and (c.next_at is null or not c.next_at between :now and :later)
                          and exists (select 1 from notification_outbox o
                                      where o.channel_id = c.id and o.state = 'PENDING'
                                        and not o.due_at between :now and :later)
                        order by c.next_at nulls first, c.id limit 1 for update of c skip locked""")
                .param("now", Columns.time(now.plusNanos(1_000)))
                .param("later", Columns.time(now.plus(LATEST)))
                .query(ChannelRows::channel)
                .optional();
    }

    void own(long id, UUID owner, Instant until, double tokens, Instant now) {
        jdbc.sql("""
                        update notification_channel set owner = ?, owned_until = ?, tokens = ?, tokens_at = ?
                        where id = ?""")
                .params(owner, Columns.time(until), tokens, Columns.time(now), id)
                .update();
    }

    void postpone(long id, Instant until) {
        jdbc.sql("update notification_channel set next_at = ? where id = ?")
                .params(Columns.time(until), id)
                .update();
    }

    void disown(long id, UUID owner) {
        jdbc.sql("update notification_channel set owner = null, owned_until = null where id = ? and owner = ?")
                .params(id, owner)
                .update();
    }

    void succeeded(long id, Instant now) {
        jdbc.sql("""
                        update notification_channel
                        set failures = 0, next_at = null, broken_since = null, problem = null, last_sent_at = ?
                        where id = ?""").params(Columns.time(now), id).update();
    }

    void failed(long id, int failures, Instant next, String problem) {
        jdbc.sql("update notification_channel set failures = ?, next_at = ?, problem = ? where id = ?")
                .params(failures, Columns.time(next), Columns.text(problem), id)
                .update();
    }

    /** Marks a channel as broken. It stays so until a message is accepted. */
    void broken(long id, Instant since, String problem) {
        jdbc.sql("""
                        update notification_channel
                        set broken_since = coalesce(broken_since, ?), problem = ?, failures = 0, next_at = null
                        where id = ?""").params(Columns.time(since), Columns.text(problem), id).update();
    }

    private static StoredChannel channel(ResultSet row, int number) throws SQLException {
        var type = ChannelType.valueOf(row.getString("type"));
        var severity = Severity.valueOf(row.getString("least_severity"));
        var labels = Columns.fromJson(row.getString("labels"), TEXTS);
        var settings = Columns.fromJson(row.getString("settings"), TEXTS);
        var draft =
                new ChannelDraft(row.getString("name"), type, row.getBoolean("enabled"), severity, labels, settings);
        var shown = new TreeMap<String, String>();
        type.fields()
                .forEach(field ->
                        shown.put(field.name(), ChannelReader.shown(field, settings.getOrDefault(field.name(), ""))));
        shown.values().removeIf(String::isEmpty);
        var view = new ChannelView(
                row.getLong("id"),
                draft.name(),
                type,
                draft.enabled(),
                severity,
                labels,
                shown,
                row.getString("config_file"),
                new ChannelView.Delivery(
                        row.getLong("pending"),
                        Columns.instantOrNull(row, "last_sent_at"),
                        Columns.instantOrNull(row, "broken_since"),
                        row.getString("problem")));
        return new StoredChannel(
                view,
                draft,
                new StoredChannel.Progress(
                        row.getInt("failures"), row.getDouble("tokens"), Columns.instantOrNull(row, "tokens_at")));
    }
}
