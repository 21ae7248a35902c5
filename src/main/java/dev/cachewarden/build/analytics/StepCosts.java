package dev.cachewarden.build.analytics;

import dev.cachewarden.build.step.RecordInstruction;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What instructions took when they last ran on an engine. */
@Repository
class StepCosts {

    private final JdbcClient jdbc;

    StepCosts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * By the instruction, as {@link RecordInstruction#of(StepKind, String)} gives it: of several that come to the same there, as with other
     * options, the latest.
     *
     * @param builders all of the engine: its builds belong to one of them
     */
    TreeMap<String, Duration> latest(Set<BuilderId> builders) {
        var costs = new TreeMap<String, Duration>();
        jdbc.sql("""
                        select kind, instruction, duration_micros from (
                            select distinct on (s.instruction) s.kind, s.instruction, s.duration_micros, b.started_at, b.id
                            from build_step s join build b on b.id = s.build_id
                            where b.builder_id = any(:builders) and s.state = 'DONE' and s.duration_micros is not null
                            order by s.instruction, b.started_at desc, b.id desc) latest
                        order by started_at, id""")
                .param("builders", builders.stream().map(BuilderId::value).toArray(Long[]::new))
                .query((row, number) -> Map.entry(
                        RecordInstruction.of(StepKind.valueOf(row.getString("kind")), row.getString("instruction")),
                        Duration.of(row.getLong("duration_micros"), ChronoUnit.MICROS)))
                .list()
                .forEach(cost -> costs.put(cost.getKey(), cost.getValue()));
        return costs;
    }
}
