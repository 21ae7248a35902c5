package dev.cachewarden.build.intake;

import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.history.GoneRecords;
import dev.cachewarden.prune.FakeFleet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** The doors for builds put together by hand, where no record was ever pruned. */
public record IntakeParts(BuildIntake history, UploadIntake uploads, MeterRegistry meters) {

    public static IntakeParts of(StoredBuilds builds, InstantSource clock) {
        return of(builds, (builder, after, until, most) -> List.of(), clock);
    }

    static IntakeParts of(StoredBuilds builds, GoneRecords gone, InstantSource clock) {
        var meters = new SimpleMeterRegistry();
        var metrics = new BuildMetrics(meters, new FakeFleet(clock), clock);
        var judge = new BuildJudge(builds, gone);
        return new IntakeParts(
                new BuildIntake(builds, judge, metrics, clock),
                new UploadIntake(builds, judge, metrics, clock),
                meters);
    }
}
