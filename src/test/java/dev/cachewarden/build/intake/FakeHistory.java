package dev.cachewarden.build.intake;

import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells what a test has it tell, the same each time that it is asked. */
final class FakeHistory implements BuildHistory {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    final List<BuildHistoryEvent> events = new ArrayList<>();
    final List<String> asked = new ArrayList<>();
    final List<BuildProgress> soFar = new ArrayList<>();
    boolean notFound;
    String unreadable = "";
    Consumer<BuildHistoryEvent> onEach = event -> {};

    @Nullable
    RuntimeException failure;

    @Override
    public void listen(
            HostConnection connection,
            HostCapabilities capabilities,
            Duration within,
            Consumer<BuildHistoryEvent> onEvent) {
        if (failure != null) {
            throw failure;
        }
        for (var event : events) {
            onEach.accept(event);
            onEvent.accept(event);
        }
    }

    @Override
    public BuildProgress progress(
            HostConnection connection, HostCapabilities capabilities, String ref, ProgressLimits limits) {
        asked.add(ref);
        if (ref.equals(unreadable)) {
            throw new EngineUnreachableException(
                    new HostProblem(HostProblem.Cause.BAD_ANSWER, "no message of BuildKit's"), null);
        }
        if (notFound) {
            throw new EngineRefusedException("ci", "Control/Status", "NOT_FOUND", "no such job " + ref);
        }
        return TestBuild.at(NOW)
                .begins("debian:12")
                .ran("[1/1] FROM debian:12", 5)
                .progress();
    }

    @Override
    public void follow(
            HostConnection connection,
            HostCapabilities capabilities,
            String ref,
            ProgressLimits limits,
            Pace pace,
            Consumer<BuildProgress> reported) {
        soFar.forEach(reported);
    }
}
