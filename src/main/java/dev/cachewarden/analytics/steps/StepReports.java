package dev.cachewarden.analytics.steps;

import dev.cachewarden.analytics.steps.LookupRows.Row;
import dev.cachewarden.analytics.steps.StepReport.Cascade;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A source of reports on one step across builds. */
@Component
public class StepReports {

    private static final String LIST = "lookups";

    private final LookupRows rows;
    private final Builds builds;
    private final StepRecords records;

    StepReports(LookupRows rows, Builds builds, StepRecords records) {
        this.rows = rows;
        this.builds = builds;
        this.records = records;
    }

    /**
     * Returns the report on the step with an identity. The result is empty if no stored build contains the step, or if it is not cacheable.
     *
     * @param filter filter for one project
     * @param after cursor from the previous page, or null for the first page
     * @param limit maximum number of lookups, at least 1
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor does not belong to this list
     */
    public Optional<StepReport> of(BuildFilter filter, String identity, @Nullable String after, int limit) {
        return rows.last(filter.within(null, null), identity)
                .map(step -> new StepReport(
                        step,
                        rows.figures(filter, identity),
                        record(filter.within(null, null), identity),
                        rows.lastFirstMiss(filter, identity).map(this::cascade).orElse(null),
                        list(filter, identity, after, limit)));
    }

    /**
     * Returns the lookups of the step, latest first, with the same parameters as the report. The result is empty if the report is.
     *
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor does not belong to this list
     */
    public Optional<Page<Lookup>> lookups(BuildFilter filter, String identity, @Nullable String after, int limit) {
        return rows.last(filter.within(null, null), identity).map(step -> list(filter, identity, after, limit));
    }

    private @Nullable HeldRecord record(BuildFilter filter, String identity) {
        var last = rows.lastOnBuilder(filter, identity).orElse(null);
        var build = last == null ? null : builds.find(last.build()).orElse(null);
        return last == null || build == null
                ? null
                : records.of(build, builds.steps(last.build())).of(last.step());
    }

    private Cascade cascade(LookupRows.FirstMiss miss) {
        var steps = builds.steps(miss.build());
        var chain = MissChain.of(steps.stream().map(StepReports::inChain).toList());
        var after = chain.onlyAfter(miss.step());
        return new Cascade(
                miss.build(),
                miss.step(),
                miss.cause(),
                steps.stream().filter(step -> after.contains(step.number())).toList());
    }

    private static MissChain.Step inChain(BuildStep step) {
        return new MissChain.Step(step.number(), step.cacheable() && Lookup.missed(step.state()), step.inputs());
    }

    private Page<Lookup> list(BuildFilter filter, String identity, @Nullable String after, int limit) {
        var found = rows.list(filter, identity, after == null ? null : place(Cursor.decode(LIST, after)), limit + 1);
        boolean more = found.size() > limit;
        var part = more ? found.subList(0, limit) : found;
        var chains = new HashMap<BuildId, MissChain>();
        rows.steps(part.stream()
                        .filter(row -> row.missed() && !row.first())
                        .map(Row::build)
                        .distinct()
                        .toList())
                .forEach((build, steps) -> chains.put(build, MissChain.of(steps)));
        return new Page<>(part.stream().map(row -> lookup(row, chains)).toList(), more ? cursor(part.getLast()) : null);
    }

    private static Lookup lookup(Row row, Map<BuildId, MissChain> chains) {
        return new Lookup(
                row.build(),
                row.buildState(),
                row.startedAt(),
                row.step(),
                row.state(),
                row.state() == VertexState.CACHED ? null : row.duration(),
                row.missed() ? why(row, chains.get(row.build())) : null);
    }

    private static Lookup.Why why(Row row, @Nullable MissChain chain) {
        if (row.first()) {
            return new Lookup.Why.First(row.cause());
        }
        var before = chain == null ? OptionalInt.empty() : chain.before(row.step());
        if (before.isPresent()) {
            return new Lookup.Why.After(before.getAsInt());
        }
        return row.compared() ? new Lookup.Why.ByItself() : new Lookup.Why.NotCompared();
    }

    private static String cursor(Row last) {
        return Cursor.encode(
                LIST, List.of(last.startedAt().toString(), last.build().toString(), Integer.toString(last.step())));
    }

    private static LookupRows.Place place(List<String> position) {
        return new LookupRows.Place(
                Instant.parse(position.get(0)), Long.parseLong(position.get(1)), Integer.parseInt(position.get(2)));
    }
}
