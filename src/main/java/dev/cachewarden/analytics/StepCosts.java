package dev.cachewarden.analytics;

import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The durations of instructions on an engine. Builds that the builder itself reported count. The data of uploaded builds is not verified,
 * so they count only for an engine that reports no builds.
 */
@Repository
class StepCosts {

    /** The number of latest runs of an instruction that its median is based on. */
    private static final int LATEST = 9;

    private final JdbcClient jdbc;

    StepCosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A value that changes whenever a build of a builder is added or deleted.
     *
     * @param builds number of builds with known steps
     * @param last time at which the latest of them was read
     */
    record Stamp(long builds, Instant last) {}

    /** Returns the stamp of each builder that has builds with known steps. */
    Map<BuilderId, Stamp> stamps() {
        var stamps = new HashMap<BuilderId, Stamp>();
        jdbc.sql("select builder_id, count(*) builds, max(steps_read_at) last from build"
                        + " where builder_id is not null and steps_read_at is not null group by builder_id")
                .query((row, number) -> Map.entry(
                        new BuilderId(row.getLong("builder_id")),
                        new Stamp(row.getLong("builds"), Columns.instant(row, "last"))))
                .list()
                .forEach(stamp -> stamps.put(stamp.getKey(), stamp.getValue()));
        return stamps;
    }

    /**
     * Returns the cost of each instruction, keyed by {@link RecordInstruction#of(StepKind, String)}. The cost is the median of the latest
     * runs, or the lower one of two middle values. If several instructions have the same key, for example with other options, the one that
     * ran last counts.
     *
     * @param builders all builders of the engine; each of its builds belongs to one of them
     */
    TreeMap<String, Duration> latest(Set<BuilderId> builders) {
        var costs = new TreeMap<String, Duration>();
        jdbc.sql("""
                        with counted as (
                            select case when exists (select 1 from build where builder_id = any(:builders)
                                    and source = 'HISTORY' and steps_read_at is not null)
                                then 'HISTORY' else 'UPLOAD' end as source),
                        ran as (
                            select s.kind, s.instruction, s.duration_micros, b.started_at, b.id,
                                row_number() over (partition by s.instruction order by b.started_at desc, b.id desc) as place
                            from build_step s join build b on b.id = s.build_id
                            where b.builder_id = any(:builders) and b.source = (select source from counted)
                                and s.state = 'DONE' and s.duration_micros is not null)
                        select (array_agg(kind order by place))[1] as kind, instruction,
                            percentile_disc(0.5) within group (order by duration_micros) as duration_micros
                        from ran where place <= :latest
                        group by instruction
                        order by max(started_at), max(id)""")
                .param("latest", LATEST)
                .param("builders", builders.stream().map(BuilderId::value).toArray(Long[]::new))
                .query((row, number) -> Map.entry(
                        RecordInstruction.of(StepKind.valueOf(row.getString("kind")), row.getString("instruction")),
                        Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS)))
                .list()
                .forEach(cost -> costs.put(cost.getKey(), cost.getValue()));
        return costs;
    }
}
