package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.transaction.support.TransactionOperations;

/** The door for logs put together by hand, as one replica has it. */
record UploadParts(UploadIntake intake, OpenUploads open, MeterRegistry meters, List<Object> events) {

    static UploadParts of(TestDatabase database, InstantSource clock) {
        return of(database, clock, new BuildSettings(true, Duration.ofDays(90), Duration.ofHours(1), 256, 64, null));
    }

    static UploadParts of(TestDatabase database, InstantSource clock, BuildSettings settings) {
        var uploads = BuildStoreParts.uploads(database);
        var open = new OpenUploads(uploads);
        var comparer = new BuildComparer(BuildStoreParts.builds(database), (builder, after, until, most) -> List.of());
        var meters = new SimpleMeterRegistry();
        var metrics = new BuildMetrics(meters, new FakeFleet(clock), clock);
        var events = new CopyOnWriteArrayList<Object>();
        var ending = new BuildEnding(metrics, comparer, TransactionOperations.withoutTransaction(), events::add);
        return new UploadParts(
                new UploadIntake(new UploadRoom(settings), open, uploads, RulesParts.none(), ending, clock),
                open,
                meters,
                events);
    }
}
