package dev.cachewarden.access;

import dev.cachewarden.rest.Cursor;
import dev.cachewarden.rest.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Who did what, when, and from where. Entries are only added, and counted up. */
@Component
public class AuditTrail {

    /** Request attribute that is there once something of the request was told. */
    public static final String TOLD = "cachewarden.told";

    private static final String LIST = "audit";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AuditTrail(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Adds what the caller of the present request did; on a thread without a request it was the service itself.
     *
     * @param action a verb and its kind, such as {@code host.remove}
     * @param subject what it was done to, by name and id
     * @param detail what else is worth knowing, never a secret; null: nothing
     */
    public void record(String action, String subject, @Nullable String detail) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            attributes.getRequest().setAttribute(TOLD, true);
        }
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            add("cachewarden", "schedule", action, subject, detail);
        } else {
            var via = caller.getPrincipal() instanceof TokenPrincipal token
                    ? "token:" + token.token().prefix()
                    : "password";
            add(caller.getName(), via, action, subject, detail);
        }
    }

    /** Adds what somebody did whom the request does not name (yet, or any more); {@code via} as in {@link AuditEntry}. Returns its id. */
    public long add(String actor, String via, String action, String subject, @Nullable String detail) {
        return jdbc.sql("""
                        insert into audit_entry (at, actor, via, address, action, subject, detail)
                        values (?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(Times.column(clock.instant()), actor, via)
                .param(address())
                .param(action)
                .param(subject)
                .param(detail)
                .query(Long.class)
                .single();
    }

    /** Replaces the detail of an entry that counts how often the same happened. */
    public void amend(long id, String detail) {
        jdbc.sql("update audit_entry set detail = ? where id = ?")
                .params(detail, id)
                .update();
    }

    /**
     * A part of the trail, newest first.
     *
     * @param after cursor from the part before; null: from the newest
     * @param limit at least 1
     */
    public Page<AuditEntry> entries(@Nullable String after, int limit) {
        long before = after == null
                ? Long.MAX_VALUE
                : Long.parseLong(Cursor.decode(LIST, after).getFirst());
        var found = jdbc.sql("select * from audit_entry where id < ? order by id desc limit ?")
                .params(before, limit + 1)
                .query(AuditTrail::entry)
                .list();
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, limit);
        return new Page<>(
                items, Cursor.encode(LIST, List.of(Long.toString(items.getLast().id()))));
    }

    private static @Nullable String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? attributes.getRequest().getRemoteAddr()
                : null;
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("via"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
