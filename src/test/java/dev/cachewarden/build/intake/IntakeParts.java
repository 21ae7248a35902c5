package dev.cachewarden.build.intake;

import dev.cachewarden.build.store.StoredBuilds;
import java.time.InstantSource;
import java.util.List;

/** The doors for builds put together by hand, where no record was ever pruned. */
public record IntakeParts(BuildIntake history, UploadIntake uploads) {

    public static IntakeParts of(StoredBuilds builds, InstantSource clock) {
        var judge = new BuildJudge(builds, (builder, words, after, until) -> List.of());
        return new IntakeParts(new BuildIntake(builds, judge, clock), new UploadIntake(builds, judge, clock));
    }
}
