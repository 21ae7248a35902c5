package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Notification;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of the outbox. */
@Repository
class OutboxRows {

    private static final int BATCH = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    OutboxRows(JdbcClient jdbc, JdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Stores notifications for a channel. One that is stored already stays as it is. */
    void insert(long channel, List<Notification> notifications, Instant now, Instant due) {
        batches.batchUpdate("""
                insert into notification_outbox (channel_id, id, key, kind, content, created_at, due_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?) on conflict do nothing""", notifications, BATCH, (statement, notification) -> {
            statement.setLong(1, channel);
            statement.setObject(2, notification.id());
            statement.setString(3, Columns.text(notification.key()));
            statement.setString(4, notification.kind().name());
            statement.setString(5, Columns.json(notification));
            statement.setObject(6, Columns.time(now));
            statement.setObject(7, Columns.time(due));
        });
    }

    /** Returns the first pending notifications of a channel, in their order. */
    List<OutboxRow> pending(long channel, int limit) {
        return jdbc.sql("""
                        select content, created_at, delivery from notification_outbox
                        where channel_id = ? and state = 'PENDING' order by position limit ?""").params(channel, limit).query(OutboxRows::row).list();
    }

    /** Sets the message that contains notifications, or null if it is not determined. */
    void deliver(long channel, Collection<UUID> ids, @Nullable UUID delivery) {
        jdbc.sql("update notification_outbox set delivery = :delivery where channel_id = :channel and id = any(:ids)")
                .param("delivery", delivery, java.sql.Types.OTHER)
                .param("channel", channel)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    void end(long channel, Collection<UUID> ids, String state, @Nullable String problem, Instant now) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update notification_outbox set state = :state, problem = :problem, ended_at = :now
                        where channel_id = :channel and id = any(:ids) and state = 'PENDING'""")
                .param("state", state)
                .param("problem", Columns.textOrNull(problem), java.sql.Types.VARCHAR)
                .param("now", Columns.time(now))
                .param("channel", channel)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /** Returns the keys whose firing notification the channel delivered, and whose resolved one it did not. */
    Set<String> open(long channel, Collection<String> keys) {
        return new HashSet<>(
                jdbc.sql("select key from notification_open where channel_id = :channel and key = any(:keys)")
                        .param("channel", channel)
                        .param("keys", keys.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    void open(long channel, String key, Instant now) {
        jdbc.sql("""
                        insert into notification_open (channel_id, key, delivered_at) values (?, ?, ?)
                        on conflict (channel_id, key) do update set delivered_at = excluded.delivered_at""").params(channel, key, Columns.time(now)).update();
    }

    void close(long channel, String key) {
        jdbc.sql("delete from notification_open where channel_id = ? and key = ?")
                .params(channel, key)
                .update();
    }

    /** Deletes ended notifications, and those that no replica sent. */
    void deleteOlderThan(Instant before) {
        jdbc.sql("delete from notification_outbox where ended_at < :before or created_at < :before")
                .param("before", Columns.time(before))
                .update();
    }

    private static OutboxRow row(ResultSet row, int number) throws SQLException {
        return new OutboxRow(
                Columns.fromJson(row.getString("content"), Notification.class),
                Columns.instant(row, "created_at"),
                row.getObject("delivery", UUID.class));
    }
}
