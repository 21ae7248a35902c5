package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.CsvWriter;
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

    private static final String[] COLUMNS = {
        "id",
        "project",
        "host",
        "builderId",
        "ref",
        "branch",
        "revision",
        "label",
        "state",
        "error",
        "startedAt",
        "endedAt",
        "durationSeconds",
        "steps",
        "hits",
        "lookups",
        "transferredBytes",
        "pulledBytes",
        "scenario",
        "reason",
        "firstMiss",
        "missCostSeconds",
        "savedSeconds",
        "partial"
    };

    /** Writes the builds. Only a few builds are in memory at a time. */
    void write(Builds builds, BuildFilter filter, BuildOrder order, Appendable out) {
        var csv = new CsvWriter(out, COLUMNS);
        builds.forEach(filter, order, build -> row(csv, build));
    }

    private void row(CsvWriter csv, BuildView build) {
        var outline = build.outline();
        var comparison = build.comparison();
        var miss = comparison == null ? null : comparison.miss();
        csv.row(
                build.id().value(),
                build.project(),
                build.builder() == null ? null : hosts.get(build.builder()),
                build.builder() == null ? null : build.builder().value(),
                build.ref(),
                outline.branch(),
                outline.revision(),
                outline.label(),
                build.state(),
                build.error(),
                build.startedAt(),
                build.endedAt(),
                seconds(build.duration()),
                build.steps(),
                build.hitRate().hits(),
                build.hitRate().lookups(),
                build.transferredBytes(),
                build.pulledBytes(),
                comparison == null ? null : comparison.scenario(),
                comparison == null ? null : comparison.reason(),
                miss == null ? null : miss.text(),
                miss == null ? null : seconds(miss.cost()),
                comparison == null ? null : seconds(comparison.saved()),
                !build.gaps().isEmpty());
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration time) {
        return time == null ? null : BigDecimal.valueOf(time.toMillis(), 3);
    }
}
