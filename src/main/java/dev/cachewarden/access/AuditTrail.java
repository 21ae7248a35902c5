package dev.cachewarden.access;

import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The audit log: user, action, time, and IP address. Entries are never deleted. Only the detail of a counting entry can change. */
@Component
public class AuditTrail {

    /** Request attribute that is present after an entry was added for the request. */
    public static final String RECORDED = "cachewarden.recorded";

    private static final String LIST = "audit";

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AuditTrail(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Adds an entry for the caller of the current request. On a thread without a caller, the actor is Cachewarden itself.
     *
     * @param action a kind and a verb, such as {@code host.remove}
     * @param subject resource of the action, by name and id
     * @param detail more information, or null if there is none; must never contain a secret
     */
    public void record(String action, String subject, @Nullable String detail) {
        omit();
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

    /** Adds no entry for the current request after its end, for example because it changed nothing. */
    public void omit() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            attributes.getRequest().setAttribute(RECORDED, true);
        }
    }

    /**
     * Adds an entry for an actor that the request does not authenticate (yet, or any longer) and returns its id. For {@code via} see
     * {@link AuditEntry}.
     */
    public long add(String actor, String via, String action, String subject, @Nullable String detail) {
        return jdbc.sql("""
                        insert into audit_entry (at, actor, via, address, action, subject, detail)
                        values (?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(Columns.time(clock.instant()), actor, via)
                .param(address())
                .param(action)
                .param(subject)
                .param(detail)
                .query(Long.class)
                .single();
    }

    /** Replaces the detail of an entry that counts repetitions of an action. */
    public void amend(long id, String detail) {
        jdbc.sql("update audit_entry set detail = ? where id = ?")
                .params(detail, id)
                .update();
    }

    /** Returns a page of all entries, newest first; see {@link #entries(Selection, String, int)}. */
    public Page<AuditEntry> entries(@Nullable String after, int limit) {
        return entries(Selection.ALL, after, limit);
    }

    /**
     * A filter of entries.
     *
     * @param actor name of the account or token, or null to select all
     * @param kind first part of the action, such as {@code policy}, or null to select all
     */
    public record Selection(
            @Nullable String actor, @Nullable String kind) {
        public static final Selection ALL = new Selection(null, null);
    }

    /** Returns the names of all actors with an entry, in alphabetical order, at most 500. */
    public List<String> actors() {
        return jdbc.sql("select distinct actor from audit_entry order by actor limit 500")
                .query((row, number) -> row.getString("actor"))
                .list();
    }

    /** Returns the kinds of all entries, in alphabetical order, at most 100. */
    public List<String> kinds() {
        return jdbc.sql("select distinct split_part(action, '.', 1) kind from audit_entry order by kind limit 100")
                .query((row, number) -> row.getString("kind"))
                .list();
    }

    /**
     * Returns a page of entries, newest first.
     *
     * @param after cursor of the previous page, or null to start at the newest entry
     * @param limit at least 1
     */
    public Page<AuditEntry> entries(Selection selection, @Nullable String after, int limit) {
        long before = after == null
                ? Long.MAX_VALUE
                : Long.parseLong(Cursor.decode(LIST, after).getFirst());
        var found = jdbc.sql("""
                        select * from audit_entry
                        where id < :before and (cast(:actor as text) is null or actor = :actor)
                            and (cast(:kind as text) is null or split_part(action, '.', 1) = :kind)
                        order by id desc limit :limit""")
                .param("before", before)
                .param("actor", selection.actor(), Types.VARCHAR)
                .param("kind", selection.kind(), Types.VARCHAR)
                .param("limit", limit + 1)
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
                Columns.instant(row, "at"),
                row.getString("actor"),
                row.getString("via"),
                row.getString("address"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("detail"));
    }
}
