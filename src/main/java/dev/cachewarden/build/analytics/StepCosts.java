package dev.cachewarden.build.analytics;

import dev.cachewarden.build.step.RecordInstruction;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.column.Columns;
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
 * What instructions took on an engine. Builds that the builder itself reported are what counts; those that somebody uploaded, which may
 * say anything, count only for an engine that reports no builds.
 */
@Repository
class StepCosts {

    /** Runs of an instruction that its median is taken of. */
    private static final int LATEST = 9;

    private final JdbcClient jdbc;

    StepCosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What changes whenever a build of a builder comes in or goes.
     *
     * @param builds whose steps are known
     * @param last when the last of them was read
     */
    record Stamp(long builds, Instant last) {}

    /** Of each builder that has builds whose steps are known. */
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
     * By the instruction, as {@link RecordInstruction#of(StepKind, String)} gives it: the median of its latest runs, the lower of two in the
     * middle. Of several instructions that come to the same there, as with other options, the one that ran last.
     *
     * @param builders all of the engine: its builds belong to one of them
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
