package dev.cachewarden.history.store;

import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.host.BuilderId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;

/** Counts the records that build on others: by the figures of the last readings, and in the store where these are not kept. */
@Component
class RecordChildren {

    private static final String PARENTS = """
            select builder_id, parents from cache_record
            where missing_since is null and builder_id = any (?) and parents && ?::text[]""";

    private final JdbcTemplate jdbc;
    private final LastReadings readings;
    private final KeptFigures figures;

    RecordChildren(JdbcTemplate jdbc, LastReadings readings, KeptFigures figures) {
        this.jdbc = jdbc;
        this.readings = readings;
        this.figures = figures;
    }

    private record Parent(BuilderId builder, String id) {}

    /** For each of some records, how many build on it. */
    List<Integer> of(List<RecordLife> records) {
        var builders = records.stream().map(RecordLife::builder).collect(Collectors.toSet());
        var last = readings.lastReadings(builders);
        var kept = new HashMap<BuilderId, RecordFigures>();
        builders.forEach(
                builder -> figures.find(builder, last.get(builder)).ifPresent(found -> kept.put(builder, found)));
        var others = records.stream()
                .filter(life -> !kept.containsKey(life.builder()))
                .map(RecordChildren::parent)
                .toList();
        var stored = others.isEmpty() ? Map.<Parent, Integer>of() : stored(others);
        return records.stream()
                .map(life -> {
                    var found = kept.get(life.builder());
                    return found == null
                            ? stored.getOrDefault(parent(life), 0)
                            : Integer.valueOf(found.children(life.record().id()));
                })
                .toList();
    }

    private static Parent parent(RecordLife life) {
        return new Parent(life.builder(), life.record().id());
    }

    private Map<Parent, Integer> stored(List<Parent> wanted) {
        var counts = new HashMap<Parent, Integer>();
        RowCallbackHandler count = row -> {
            var builder = new BuilderId(row.getLong("builder_id"));
            Arrays.stream((String[]) row.getArray("parents").getArray())
                    .distinct()
                    .forEach(parent -> counts.merge(new Parent(builder, parent), 1, Integer::sum));
        };
        jdbc.query(
                PARENTS,
                count,
                wanted.stream().map(one -> one.builder().value()).distinct().toArray(Long[]::new),
                wanted.stream().map(Parent::id).distinct().toArray(String[]::new));
        return counts;
    }
}
