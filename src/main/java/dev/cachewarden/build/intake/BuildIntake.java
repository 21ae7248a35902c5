package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView.EngineCount;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.BuildProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ingestion of builds: redacts secrets, determines the project, reads the steps, stores the build, and starts its comparison. */
@Component
class BuildIntake {

    static final String CANCELED = "context canceled";

    /**
     * The maximum number of concurrent store operations. It keeps pool connections free for other work, because a thousand builders can
     * report builds at the same time.
     */
    private static final int STORED_AT_A_TIME = 5;

    private static final BuildProgress NOTHING = new BuildProgress(List.of(), List.of(), List.of());

    private final StoredBuilds builds;
    private final ProjectRules rules;
    private final BuildEnding ending;
    private final InstantSource clock;
    private final Semaphore storing = new Semaphore(STORED_AT_A_TIME);
    private @Nullable ArgumentDigests digests;

    BuildIntake(StoredBuilds builds, ProjectRules rules, BuildEnding ending, InstantSource clock) {
        this.builds = builds;
        this.rules = rules;
        this.ending = ending;
        this.clock = clock;
    }

    /** Returns the refs of the latest builds of a builder whose steps are known. Further reports about these builds change nothing. */
    public Set<String> known(BuilderId builder) {
        return inTurn(() -> builds.known(builder));
    }

    /** Stores a running build, including a build that was marked as lost. */
    public void running(BuilderId builder, BuildHistoryRecord build) {
        inTurn(() -> {
            if (builds.stepsRead(builder, build.ref()).isEmpty()) {
                builds.store(read(builder, build, NOTHING, false));
            } else {
                builds.markRunning(builder, build.ref());
            }
            return null;
        });
    }

    /** Stores the progress of a running build. A build that has ended does not change. */
    public void storeProgress(BuilderId builder, BuildHistoryRecord build, BuildProgress progress) {
        inTurn(() -> {
            builds.storeSoFar(read(builder, build, progress, false));
            return null;
        });
    }

    /**
     * Stores a build that has ended, unless its steps are already known.
     *
     * @param progress supplier of the steps, called at most once
     * @return whether the build was stored
     */
    public boolean ended(BuilderId builder, BuildHistoryRecord build, Supplier<BuildProgress> progress) {
        if (inTurn(() -> builds.stepsRead(builder, build.ref()).orElse(false))) {
            return false;
        }
        var reported = progress.get();
        return inTurn(() -> {
            var read = read(builder, build, reported, true);
            var stored = builds.store(read);
            // Otherwise another replica asked for the steps at the same time, and was faster.
            if (stored.isNew()) {
                var kept = builds.mergeSame(stored.id());
                ending.complete(kept, read, kept.equals(stored.id()));
            }
            return stored.isNew();
        });
    }

    private <T extends @Nullable Object> T inTurn(Supplier<T> work) {
        storing.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            storing.release();
        }
    }

    private NewBuild read(BuilderId builder, BuildHistoryRecord build, BuildProgress reported, boolean ended) {
        var attributes = new HistoryAttributes(build.attributes());
        var arguments = attributes.arguments();
        var redaction = Redaction.of(arguments);
        var progress = redaction.progress(reported);
        var outline = attributes.outline(progress, digests().of(arguments));
        var completed = build.completedAt();
        return new NewBuild(
                BuildSource.HISTORY,
                builder,
                build.ref(),
                null,
                outline,
                state(build, ended),
                redaction.textOrNull(build.error()),
                build.createdAt(),
                completed,
                completed == null || completed.isBefore(build.createdAt())
                        ? null
                        : Duration.between(build.createdAt(), completed),
                ended ? new EngineCount(build.steps(), build.completedSteps(), build.cachedSteps()) : null,
                BuildSteps.of(progress, rules.of(outline.project().name())),
                progress.gaps(),
                ended ? clock.instant() : null);
    }

    private static BuildState state(BuildHistoryRecord build, boolean ended) {
        if (!ended) {
            return BuildState.RUNNING;
        }
        if (build.error() == null) {
            return BuildState.DONE;
        }
        return build.error().contains(CANCELED) ? BuildState.CANCELED : BuildState.FAILED;
    }

    private synchronized ArgumentDigests digests() {
        if (digests == null) {
            digests = new ArgumentDigests(builds.argumentKey());
        }
        return digests;
    }
}
