package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of builds. Each order uses a separate index, with the ID of a build as the last criterion. */
@Repository
class BuildListRows {

    /** The index {@code build_by_hit_rate} has the same expression. */
    private static final String HIT_RATE =
            "(case when b.state <> 'RUNNING' and b.lookups > 0 then b.hits::float8 / b.lookups end)";

    private final JdbcClient jdbc;

    BuildListRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A position in a list, defined by the values of its last build. */
    sealed interface Place {

        static Place of(BuildOrder order, BuildView build) {
            long id = build.id().value();
            return switch (order) {
                case LATEST, OLDEST -> new ByStart(build.state() == BuildState.RUNNING, build.startedAt(), id);
                case LONGEST, SHORTEST ->
                    new ByFigure(
                            build.duration() == null ? null : build.duration().toMillis(), id);
                case HIGHEST_HIT_RATE, LOWEST_HIT_RATE -> new ByFigure(hitRate(build), id);
            };
        }

        /** Parses the result of {@link #position}. */
        static Place of(BuildOrder order, List<String> position) {
            return switch (order) {
                case LATEST, OLDEST ->
                    new ByStart(
                            Boolean.parseBoolean(position.get(0)),
                            Instant.parse(position.get(1)),
                            Long.parseLong(position.get(2)));
                case LONGEST, SHORTEST -> figure(position, Long::valueOf);
                case HIGHEST_HIT_RATE, LOWEST_HIT_RATE -> figure(position, Double::valueOf);
            };
        }

        List<String> position();

        private static ByFigure figure(List<String> position, Function<String, Number> read) {
            String figure = position.get(0);
            return new ByFigure(figure.isEmpty() ? null : read.apply(figure), Long.parseLong(position.get(1)));
        }

        private static @Nullable Double hitRate(BuildView build) {
            var share = build.hitRate().share();
            return build.state() == BuildState.RUNNING || share.isEmpty() ? null : share.getAsDouble();
        }
    }

    record ByStart(boolean running, Instant startedAt, long id) implements Place {
        @Override
        public List<String> position() {
            return List.of(Boolean.toString(running), startedAt.toString(), Long.toString(id));
        }
    }

    /**
     * A position in an order by a figure.
     *
     * @param figure figure, or null if unknown
     */
    record ByFigure(@Nullable Number figure, long id) implements Place {
        @Override
        public List<String> position() {
            return List.of(figure == null ? "" : figure.toString(), Long.toString(id));
        }
    }

    /**
     * Returns the first builds after a position in the list.
     *
     * @param after position, or null for the start of the list
     */
    List<BuildView> list(BuildFilter filter, BuildOrder order, @Nullable Place after, int limit) {
        return switch (order) {
            case LATEST, OLDEST -> byStart(filter, order.descending(), (ByStart) after, limit);
            case LONGEST, SHORTEST ->
                byFigure(filter, "b.duration_millis", order.descending(), (ByFigure) after, limit);
            case HIGHEST_HIT_RATE, LOWEST_HIT_RATE ->
                byFigure(filter, HIT_RATE, order.descending(), (ByFigure) after, limit);
        };
    }

    private List<BuildView> byStart(BuildFilter filter, boolean descending, @Nullable ByStart after, int limit) {
        var place = new TreeMap<String, Object>();
        String condition = "true";
        if (after != null) {
            condition = "(b.state = 'RUNNING', b.started_at, b.id) " + (descending ? "<" : ">")
                    + " (:running, :started, :id)";
            place.put("running", after.running());
            place.put("started", Columns.time(after.startedAt()));
            place.put("id", after.id());
        }
        return select(
                filter, condition, place, List.of("(b.state = 'RUNNING')", "b.started_at", "b.id"), descending, limit);
    }

    /** Returns builds with a known figure first. Both parts follow the same index. */
    private List<BuildView> byFigure(
            BuildFilter filter, String figure, boolean descending, @Nullable ByFigure after, int limit) {
        var found = new ArrayList<BuildView>();
        var columns = List.of(figure, "b.id");
        String beyond = descending ? "<" : ">";
        if (after == null) {
            found.addAll(select(filter, figure + " is not null", Map.of(), columns, descending, limit));
        } else if (after.figure() != null) {
            String condition = figure + " is not null and (" + figure + ", b.id) " + beyond + " (:figure, :id)";
            var place = Map.of("figure", after.figure(), "id", after.id());
            found.addAll(select(filter, condition, place, columns, descending, limit));
        }
        if (found.size() < limit) {
            var within = after == null || after.figure() != null ? null : after.id();
            String condition = figure + " is null" + (within == null ? "" : " and b.id " + beyond + " :id");
            Map<String, Object> place = within == null ? Map.of() : Map.of("id", within);
            found.addAll(select(filter, condition, place, columns, descending, limit - found.size()));
        }
        return found;
    }

    private List<BuildView> select(
            BuildFilter filter,
            String condition,
            Map<String, ?> place,
            List<String> columns,
            boolean descending,
            int limit) {
        var where = FilterSql.of(filter);
        String order = columns.stream()
                .map(column -> column + (descending ? " desc" : " asc"))
                .collect(Collectors.joining(", "));
        return where.bind(jdbc.sql("select b.* from build b where " + where.condition() + " and " + condition
                        + " order by " + order + " limit :limit"))
                .params(place)
                .param("limit", limit)
                .query((row, number) -> BuildColumns.view(row))
                .list();
    }

    /**
     * Returns the IDs of all builds of a list, in its order. A single query determines the order, because running builds have no figure
     * yet.
     */
    List<Long> ids(BuildFilter filter, BuildOrder order) {
        var where = FilterSql.of(filter);
        String direction = order.descending() ? " desc" : " asc";
        String by = switch (order) {
            case LATEST, OLDEST -> "(b.state = 'RUNNING')" + direction + ", b.started_at" + direction;
            case LONGEST, SHORTEST -> "b.duration_millis" + direction + " nulls last";
            case HIGHEST_HIT_RATE, LOWEST_HIT_RATE -> HIT_RATE + direction + " nulls last";
        };
        return where.bind(jdbc.sql("select b.id from build b where " + where.condition() + " order by " + by + ", b.id"
                        + direction))
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Returns the builds in the order of the given IDs, without deleted builds. */
    Stream<BuildView> of(Collection<Long> ids) {
        var found = jdbc
                .sql("select * from build where id = any(:ids)")
                .param("ids", ids.toArray(Long[]::new))
                .query((row, number) -> BuildColumns.view(row))
                .list()
                .stream()
                .collect(Collectors.toMap(BuildView::id, Function.identity()));
        return ids.stream().map(BuildId::new).filter(found::containsKey).map(found::get);
    }
}
