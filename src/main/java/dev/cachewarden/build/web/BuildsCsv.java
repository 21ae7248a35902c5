package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.CsvColumns;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CSV export of builds. The columns have the same names as the REST fields.
 *
 * @param hosts host names by builder
 */
record BuildsCsv(Map<BuilderId, String> hosts) {

    /** Writes the builds. Only a few builds are in memory at a time. */
    void write(Builds builds, BuildFilter filter, BuildOrder order, Appendable out) {
        builds.forEach(filter, order, columns().writeTo(out));
    }

    private CsvColumns<BuildView> columns() {
        return new CsvColumns<BuildView>()
                .with("id", build -> build.id().value())
                .with("project", BuildView::project)
                .with("host", build -> build.builder() == null ? null : hosts.get(build.builder()))
                .with(
                        "builderId",
                        build ->
                                build.builder() == null ? null : build.builder().value())
                .with("ref", BuildView::ref)
                .with("branch", build -> build.outline().branch())
                .with("revision", build -> build.outline().revision())
                .with("label", build -> build.outline().label())
                .with("state", BuildView::state)
                .with("error", BuildView::error)
                .with("startedAt", BuildView::startedAt)
                .with("endedAt", BuildView::endedAt)
                .with("durationSeconds", build -> seconds(build.duration()))
                .with("steps", BuildView::steps)
                .with("hits", build -> build.hitRate().hits())
                .with("lookups", build -> build.hitRate().lookups())
                .with("transferredBytes", BuildView::transferredBytes)
                .with("pulledBytes", BuildView::pulledBytes)
                .with("scenario", build -> compared(build, BuildComparison::scenario))
                .with("reason", build -> compared(build, BuildComparison::reason))
                .with("firstMiss", build -> missed(build, BuildComparison.Miss::text))
                .with("missCostSeconds", build -> missed(build, miss -> seconds(miss.cost())))
                .with("savedSeconds", build -> compared(build, comparison -> seconds(comparison.saved())))
                .with("partial", build -> !build.gaps().isEmpty());
    }

    private static @Nullable Object compared(BuildView build, CsvColumns.Value<BuildComparison> value) {
        var comparison = build.comparison();
        return comparison == null ? null : value.of(comparison);
    }

    private static @Nullable Object missed(BuildView build, CsvColumns.Value<BuildComparison.Miss> value) {
        var comparison = build.comparison();
        var miss = comparison == null ? null : comparison.miss();
        return miss == null ? null : value.of(miss);
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration time) {
        return time == null ? null : BigDecimal.valueOf(time.toMillis(), 3);
    }
}
