package dev.cachewarden.build.analysis;

import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.List;

/** stub */
public record CriticalPath(List<BuildStep> steps, Duration length) {
    public static CriticalPath of(List<BuildStep> steps) {
        return new CriticalPath(List.of(), Duration.ZERO);
    }
}
