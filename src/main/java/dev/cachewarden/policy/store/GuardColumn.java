package dev.cachewarden.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The guards of a run in a JSON column. Absent values are omitted, so a value without guards is {@code {}}. */
public final class GuardColumn {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private GuardColumn() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Stored(
            @Nullable Long waitForBuildsSeconds,
            @Nullable Integer stopAfterFailures,
            @Nullable Integer batchSize,
            @Nullable Long pauseBetweenBatchesMillis) {}

    public static String of(RunGuards guards) {
        var wait = guards.waitForBuilds();
        var pause = guards.pauseBetweenBatches();
        return JSON.writeValueAsString(new Stored(
                wait == null ? null : wait.toSeconds(),
                guards.stopAfterFailures(),
                guards.batchSize(),
                pause == null ? null : pause.toMillis()));
    }

    public static RunGuards read(String json) {
        var stored = JSON.readValue(json, Stored.class);
        var wait = stored.waitForBuildsSeconds;
        var pause = stored.pauseBetweenBatchesMillis;
        return new RunGuards(
                wait == null ? null : Duration.ofSeconds(wait),
                stored.stopAfterFailures,
                stored.batchSize,
                pause == null ? null : Duration.ofMillis(pause));
    }
}
