package dev.cachewarden.build.analytics;

import dev.cachewarden.build.step.RecordInstruction;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What instructions took when they last ran on a builder. */
@Repository
class StepCosts {

    private final JdbcClient jdbc;

    StepCosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By the instruction, as {@link RecordInstruction#of(StepKind, String)} gives it: of several that come to the same there, as with other
     * options, the latest. Builds count whichever host of the same engine they came by: all of them belong to one of its builders.
     */
    TreeMap<String, Duration> latest(BuilderId builder) {
        var costs = new TreeMap<String, Duration>();
        jdbc.sql("""
                        select kind, instruction, duration_micros from (
                            select distinct on (s.instruction) s.kind, s.instruction, s.duration_micros, b.started_at, b.id
                            from build_step s join build b on b.id = s.build_id
                            where s.state = 'DONE' and s.duration_micros is not null and b.builder_id in (
                                select same.id
                                from builder asked join host via on via.id = asked.host_id
                                    join host other on other.id = via.id or other.engine_id = via.engine_id
                                    join builder same on same.host_id = other.id
                                where asked.id = :builder)
                            order by s.instruction, b.started_at desc, b.id desc) latest
                        order by started_at, id""")
                .param("builder", builder.value())
                .query((row, number) -> Map.entry(
                        RecordInstruction.of(StepKind.valueOf(row.getString("kind")), row.getString("instruction")),
                        Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS)))
                .list()
                .forEach(cost -> costs.put(cost.getKey(), cost.getValue()));
        return costs;
    }
}
