package dev.cachewarden.build.analysis;

import java.time.*;
import java.util.*;

public record ScenarioTable(List<String> rows) {
    public record TimedBuild(Scenario scenario, Instant startedAt, Duration duration) {}

    public static ScenarioTable of(List<TimedBuild> b, @org.jspecify.annotations.Nullable Instant split) {
        return new ScenarioTable(List.of());
    }
}
