package dev.cachewarden.build.intake;

import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.DeletedRecords;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.run.FakeFleet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionOperations;

/** The door for builds of builders put together by hand, where no record was ever pruned. */
public record IntakeParts(BuildIntake history, MeterRegistry meters, List<Object> events) {

    public static IntakeParts of(StoredBuilds builds, InstantSource clock) {
        return of(builds, RulesParts.none(), (builder, after, until, most) -> List.of(), clock);
    }

    public static IntakeParts of(StoredBuilds builds, ProjectRules rules, InstantSource clock) {
        return of(builds, rules, (builder, after, until, most) -> List.of(), clock);
    }

    /** @param deleted records that caches lost */
    public static IntakeParts of(StoredBuilds builds, DeletedRecords deleted, InstantSource clock) {
        return of(builds, RulesParts.none(), deleted, clock);
    }

    private static IntakeParts of(
            StoredBuilds builds, ProjectRules rules, DeletedRecords deleted, InstantSource clock) {
        var meters = new SimpleMeterRegistry();
        var metrics = new BuildMetrics(meters, new FakeFleet(clock), clock);
        var events = new CopyOnWriteArrayList<Object>();
        var ending = new BuildEnding(
                metrics, new BuildComparer(builds, deleted), TransactionOperations.withoutTransaction(), events::add);
        return new IntakeParts(new BuildIntake(builds, rules, ending, clock), meters, events);
    }

    public void running(BuilderId builder, BuildHistoryRecord build) {
        history.running(builder, build);
    }

    public void storeProgress(BuilderId builder, BuildHistoryRecord build, BuildProgress progress) {
        history.storeProgress(builder, build, progress);
    }

    public boolean ended(BuilderId builder, BuildHistoryRecord build, Supplier<BuildProgress> progress) {
        return history.ended(builder, build, progress);
    }
}
