package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Executes record queries: returns pages, sums, or whole lists. */
@Component
class RecordLists {

    private static final int ROWS_AT_A_TIME = 500;

    /** Each whole list holds a connection as long as its reader takes. This limit leaves the other connections free. */
    private static final int WHOLE_LISTS_AT_A_TIME = 3;

    private static final String LAST_READINGS = """
            select s.by_type from builder b cross join lateral (
                select by_type from usage_sample where builder_id = b.id and resolution_seconds = 0
                order by taken_at desc limit 1) s
            where ? or b.host_id = any (?)""";

    private final JdbcTemplate jdbc;
    private final JdbcTemplate streaming;
    private final TransactionTemplate reading;
    private final InstantSource clock;
    private final LastReadings readings;
    private final KeptFigures figures;
    private final Semaphore wholeLists = new Semaphore(WHOLE_LISTS_AT_A_TIME, true);

    RecordLists(
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            InstantSource clock,
            LastReadings readings,
            KeptFigures figures) {
        this.jdbc = jdbc;
        this.readings = readings;
        this.figures = figures;
        this.clock = clock;
        // The driver keeps a whole result in memory, except within a transaction and with a fetch size.
        this.streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
        streaming.setFetchSize(ROWS_AT_A_TIME);
        this.reading = new TransactionTemplate(transactions);
        reading.setReadOnly(true);
    }

    private record Row(RecordLife life, String key) {}

    Page<RecordLife> part(RecordQuery query, @Nullable String after, int limit) {
        var sql = new RecordSql(query, clock.instant());
        if (after != null) {
            sql.after(place(query, after));
        }
        var rows = jdbc.query(
                sql.first(),
                (row, number) -> new Row(Rows.life(row), row.getString("place")),
                sql.parameters(limit + 1));
        boolean more = rows.size() > limit;
        var part = more ? rows.subList(0, limit) : rows;
        return new Page<>(part.stream().map(Row::life).toList(), more ? cursor(query, part.getLast()) : null);
    }

    private static String cursor(RecordQuery query, Row last) {
        var life = last.life();
        return Cursor.encode(
                listName(query),
                List.of(last.key(), life.builder().toString(), life.record().id()));
    }

    private static RecordSql.Place place(RecordQuery query, String cursor) {
        var position = Cursor.decode(listName(query), cursor);
        return new RecordSql.Place(position.get(0), Long.parseLong(position.get(1)), position.get(2));
    }

    /**
     * Returns the name of a list for its cursors. The filter may change between pages, as an age does with time. The order may not change.
     */
    private static String listName(RecordQuery query) {
        return "records by " + query.sort() + (query.descending() ? " descending" : "");
    }

    /** Returns the sums over the whole lists of several queries. */
    List<CacheUsage> sums(List<RecordQuery> queries) {
        var last = readings.lastReadings();
        var kept = figures.of(last);
        var missing = new HashSet<>(last.keySet());
        missing.removeAll(kept.keySet());
        var sums = new HashMap<RecordQuery, CacheUsage>();
        return queries.stream()
                .map(query -> narrowed(
                        sums.computeIfAbsent(widened(query, queries), asked -> sum(asked, kept, missing)), query))
                .toList();
    }

    /**
     * Returns a query that includes all queries that differ from it only in types and states. Its sums by type and state contain their
     * sums.
     */
    private static RecordQuery widened(RecordQuery query, List<RecordQuery> queries) {
        var wide = ofKinds(query, Set.of(), Set.of());
        boolean alone = queries.stream()
                .filter(other -> ofKinds(other, Set.of(), Set.of()).equals(wide))
                .allMatch(query::equals);
        return alone ? query : wide;
    }

    private static RecordQuery ofKinds(RecordQuery query, Set<RecordType> types, Set<UsageState> states) {
        return new RecordQuery(
                query.hosts(),
                types,
                states,
                query.text(),
                query.minSize(),
                query.unusedFor(),
                query.sort(),
                query.descending());
    }

    private static CacheUsage narrowed(CacheUsage usage, RecordQuery query) {
        var sums = new TreeMap<RecordType, Map<UsageState, Amount>>();
        add(usage, query, sums);
        return new CacheUsage(sums);
    }

    private CacheUsage sum(RecordQuery query, Map<BuilderId, RecordFigures> kept, Set<BuilderId> missing) {
        if (query.text() != null || kept.isEmpty() || (RecordSql.isCoveredBySamples(query) && !missing.isEmpty())) {
            return storedSum(query);
        }
        var sums = new FigureSums(query, clock.instant());
        buildersOf(query, kept.keySet()).forEach(builder -> sums.add(Objects.requireNonNull(kept.get(builder))));
        var rest = buildersOf(query, missing);
        if (!rest.isEmpty()) {
            sums.add(summedUp(new RecordSql(query, clock.instant()).of(rest)));
        }
        return sums.usage();
    }

    private Collection<BuilderId> buildersOf(RecordQuery query, Collection<BuilderId> some) {
        if (query.hosts().isEmpty() || some.isEmpty()) {
            return some;
        }
        var hosts = query.hosts().stream().map(HostId::value).toArray(Long[]::new);
        var ids = jdbc.query(
                "select id from builder where host_id = any (?)",
                (row, number) -> new BuilderId(row.getLong("id")),
                (Object) hosts);
        return ids.stream().filter(some::contains).toList();
    }

    /** Returns the sums of a query from the database alone. It reads every matching record, unless the last readings contain the sums. */
    CacheUsage storedSum(RecordQuery query) {
        if (RecordSql.isCoveredBySamples(query)) {
            var sums = new TreeMap<RecordType, Map<UsageState, Amount>>();
            lastReadings(query).forEach(usage -> add(usage, query, sums));
            return new CacheUsage(sums);
        }
        return summedUp(new RecordSql(query, clock.instant()));
    }

    private CacheUsage summedUp(RecordSql sql) {
        var sums = new TreeMap<RecordType, Map<UsageState, Amount>>();
        jdbc.query(sql.sums(), (ResultSet row) -> addTo(sums, row), sql.parameters());
        return new CacheUsage(sums);
    }

    private List<CacheUsage> lastReadings(RecordQuery query) {
        var hosts = query.hosts().stream().map(HostId::value).toArray(Long[]::new);
        return jdbc.query(
                LAST_READINGS,
                (row, number) -> UsageJson.read(Objects.requireNonNull(row.getString("by_type"))),
                hosts.length == 0,
                hosts);
    }

    private static void add(CacheUsage usage, RecordQuery query, Map<RecordType, Map<UsageState, Amount>> sums) {
        usage.byType()
                .forEach((type, states) -> states.forEach((state, amount) -> {
                    boolean passes = (query.types().isEmpty() || query.types().contains(type))
                            && (query.states().isEmpty() || query.states().contains(state));
                    if (passes) {
                        sums.computeIfAbsent(type, t -> new EnumMap<>(UsageState.class))
                                .merge(state, amount, Amount::plus);
                    }
                }));
    }

    private static void addTo(Map<RecordType, Map<UsageState, Amount>> sums, ResultSet row) throws SQLException {
        sums.computeIfAbsent(new RecordType(row.getString("type")), type -> new EnumMap<>(UsageState.class))
                .put(
                        UsageState.of(row.getBoolean("in_use"), row.getBoolean("shared")),
                        new Amount(row.getLong("records"), new ByteSize(exact(row.getBigDecimal("bytes")))));
    }

    private static long exact(BigDecimal bytes) {
        return bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
    }

    void forEach(RecordQuery query, Consumer<RecordLife> sink) {
        var sql = new RecordSql(query, clock.instant());
        wholeLists.acquireUninterruptibly();
        try {
            reading.executeWithoutResult(status ->
                    streaming.query(sql.list(), (ResultSet row) -> sink.accept(Rows.life(row)), sql.parameters()));
        } finally {
            wholeLists.release();
        }
    }
}
