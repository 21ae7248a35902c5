package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL and the parameters of a {@link RecordQuery}.
 *
 * <p>An ascending list is exactly the reverse of the descending one, including ties, so that one index serves both.
 */
final class RecordSql {

    private final StringBuilder where = new StringBuilder("r.missing_since is null");
    private final List<Object> parameters = new ArrayList<>();
    private final Order order;
    private final String[] types;
    private final boolean byType;

    /** @param now reference time of {@code unusedFor} */
    RecordSql(RecordQuery query, Instant now) {
        this.order = Order.of(query);
        if (!query.hosts().isEmpty()) {
            var hosts = query.hosts().stream().map(HostId::value).toArray(Long[]::new);
            and("r.builder_id in (select id from builder where host_id = any (?))", hosts);
        }
        this.types = query.types().stream().map(RecordType::name).toArray(String[]::new);
        // The index returns the records of one type in the order of size, but not those of several types together.
        this.byType = types.length > 0 && query.sort() == RecordQuery.Sort.SIZE;
        if (byType) {
            and("r.type = wanted.type");
        } else if (types.length > 0) {
            // The list in the order of types uses its own collation here, so that its index applies.
            and((query.sort() == RecordQuery.Sort.TYPE ? order.key() : "r.type") + " = any (?)", types);
        }
        if (!query.states().isEmpty()) {
            and("(r.in_use, r.shared) in (" + pairs(query.states()) + ")");
        }
        String text = query.text();
        if (text != null) {
            String pattern = escaped(text) + "%";
            and("(r.description ilike ? or r.record_id ilike ?)");
            parameters.addAll(List.of("%" + pattern, pattern));
        }
        var minSize = query.minSize();
        if (minSize != null) {
            and("r.size_bytes >= ?", minSize.bytes());
        }
        var unusedFor = query.unusedFor();
        if (unusedFor != null) {
            var since = now.minus(unusedFor).truncatedTo(ChronoUnit.MICROS);
            and("coalesce(r.last_used_at, r.created_at) < ?", Rows.parameter(since));
            if (query.sort() == RecordQuery.Sort.LAST_USED) {
                // This condition is redundant, but it lets the index of the list skip records that were used since.
                and(order.key() + " < ?", Rows.parameter(since));
            }
        }
    }

    private void and(String condition) {
        where.append(" and ").append(condition);
    }

    /** Adds a condition with a value. The value may be an array, which is one value to the database. */
    private void and(String condition, Object value) {
        and(condition);
        parameters.add(value);
    }

    private static String pairs(Collection<UsageState> states) {
        return states.stream()
                .map(state -> "(" + state.inUse() + ", " + state.shared() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Escapes LIKE wildcards, so that percent signs and underscores match literally. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace('\0', '\uFFFD');
    }

    /** Restricts the query to the records of some builders. */
    RecordSql of(Collection<BuilderId> builders) {
        and("r.builder_id = any (?)", builders.stream().map(BuilderId::value).toArray(Long[]::new));
        return this;
    }

    /** Restricts the query to the records after a position in the list. */
    RecordSql after(Place place) {
        String key = order.key();
        String beyond = order.descending() ? "<" : ">";
        String beyondTie = order.descending() ? ">" : "<";
        // The first condition is redundant, but it lets an index on the key find the position.
        where.append(" and ")
                .append(key)
                .append(' ')
                .append(beyond)
                .append("= ?")
                .append(order.cast())
                .append(" and (")
                .append(key)
                .append(' ')
                .append(beyond)
                .append(" ?")
                .append(order.cast())
                .append(" or (r.builder_id, r.record_id) ")
                .append(beyondTie)
                .append(" (?, ?))");
        parameters.addAll(List.of(place.key(), place.key(), place.builder(), place.recordId()));
        return this;
    }

    /** Returns the statement for all matching records, in order. */
    String list() {
        return select(wanted() + "cache_record r") + order.by("r.", order.key());
    }

    /** Returns the statement for the first matching records, in order. Its parameters are {@link #parameters(int)}. */
    String first() {
        if (!byType) {
            return list() + " limit ?";
        }
        return "select r.* from unnest(?::text[]) wanted (type) cross join lateral ("
                + select("cache_record r") + order.by("r.", order.key()) + " limit ?) r"
                + order.by("r.", "r.sort_key") + " limit ?";
    }

    private String wanted() {
        return byType ? "unnest(?::text[]) wanted (type), " : "";
    }

    private String select(String from) {
        return "select " + Rows.LIFE + ", " + order.key() + " as sort_key, " + order.key() + "::text as place from "
                + from + " where " + where;
    }

    /** Returns whether the last readings already contain the sums of a query, so that it need not read any record. */
    static boolean isCoveredBySamples(RecordQuery query) {
        return query.text() == null && query.minSize() == null && query.unusedFor() == null;
    }

    /** Returns the statement for the number and total size of all matching records, by type and state. */
    String sums() {
        return "select r.type, r.in_use, r.shared, count(*) as records, sum(r.size_bytes) as bytes" + " from "
                + wanted() + "cache_record r where " + where + " group by 1, 2, 3";
    }

    Object[] parameters() {
        var all = new ArrayList<Object>();
        if (byType) {
            all.add(types);
        }
        all.addAll(parameters);
        return all.toArray();
    }

    Object[] parameters(int limit) {
        var all = new ArrayList<>(List.of(parameters()));
        all.add(limit);
        if (byType) {
            all.add(limit);
        }
        return all.toArray();
    }

    /**
     * A position in the list.
     *
     * @param key value of the sort key, as text of the database
     */
    record Place(String key, long builder, String recordId) {}

    /**
     * The order of a list. Absent times count as the earliest.
     *
     * @param key SQL expression of the sort key
     * @param cast SQL cast from text back to the type of the key
     */
    private record Order(String key, String cast, boolean descending) {

        String by(String row, String key) {
            String direction = descending ? "" : " desc";
            return " order by " + key + (descending ? " desc, " : ", ") + row + "builder_id" + direction + ", " + row
                    + "record_id" + direction;
        }

        static Order of(RecordQuery query) {
            return switch (query.sort()) {
                case SIZE -> new Order("r.size_bytes", "::bigint", query.descending());
                case LAST_USED ->
                    new Order(
                            "coalesce(r.last_used_at, '-infinity'::timestamptz)", "::timestamptz", query.descending());
                case CREATED -> new Order("coalesce(r.created_at, '-infinity')", "::timestamptz", query.descending());
                case USES -> new Order("r.usage_count", "::bigint", query.descending());
                case TYPE -> new Order("r.type collate \"C\"", "::text collate \"C\"", query.descending());
            };
        }
    }
}
