package dev.cachewarden.build.intake;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.CacheLoss;
import dev.cachewarden.build.analysis.CacheLosses;
import dev.cachewarden.build.analysis.Comparison;
import dev.cachewarden.build.analysis.Miss;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.PastBuild;
import dev.cachewarden.build.analysis.Saved;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.history.DeletedRecords;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The comparison of builds with their previous builds, which determines their scenarios. */
@Component
class BuildComparer {

    /** The maximum number of deleted records between two builds. A prune can delete a whole cache. */
    private static final int MOST_GONE = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(BuildComparer.class);

    private final StoredBuilds builds;
    private final DeletedRecords gone;

    BuildComparer(StoredBuilds builds, DeletedRecords gone) {
        this.builds = builds;
        this.gone = gone;
    }

    /**
     * Compares a build that was just stored, and the build after it. The comparison of both is marked as pending until it succeeds. After a
     * failure it is repeated in the background, and the build stays stored in any case.
     */
    public void compare(BuildId id) {
        Guard.run(
                () -> {
                    var after = builds.find(id).filter(BuildView::comparable).flatMap(builds::markNextBuildPending);
                    compareOne(id);
                    after.map(BuildView::id).ifPresent(this::compareOne);
                },
                failure -> LOG.warn("Cannot compare build {} or the build after it; will retry", id, failure));
    }

    private void compareOne(BuildId id) {
        builds.compare(
                id, build -> build.comparable() ? Optional.of(comparison(build, compared(build))) : Optional.empty());
    }

    /**
     * Compares the latest build with a pending comparison. Such a build was not compared when it arrived, or its steps were classified
     * again. The existing result is kept if it can no longer be reproduced, because the previous build or the history of deleted records is
     * missing.
     *
     * @param skipped builds to skip
     * @return the build, or empty if there is none
     * @throws StoredBuilds.ComparisonFailedException if that build could not be compared
     */
    Optional<BuildId> compareNextPending(Collection<BuildId> skipped) {
        return builds.compareNextPending(skipped, build -> {
                    var compared = compared(build);
                    return forgotten(build.comparison(), compared)
                            ? Optional.empty()
                            : Optional.of(comparison(build, compared));
                })
                .map(BuildView::id);
    }

    /** Cancels the pending comparison of a build, and keeps its existing result, if any. */
    void giveUp(BuildId id) {
        builds.clearPendingComparison(id);
    }

    private boolean forgotten(@Nullable BuildComparison previous, Compared now) {
        if (previous == null) {
            return false;
        }
        var with = previous.comparedWith();
        boolean buildGone = with == null
                ? previous.scenario() != Scenario.FIRST
                : builds.find(with).isEmpty();
        var miss = previous.miss();
        boolean lossGone = miss != null
                && miss.cause() == MissCause.Kind.RECORD_PRUNED
                && now.comparison().misses().stream()
                        .filter(other -> other.step().number() == miss.step())
                        .noneMatch(other -> other.cause() instanceof MissCause.RecordPruned);
        return buildGone || lossGone;
    }

    private record Compared(Optional<BuildView> before, List<BuildStep> steps, Comparison comparison) {}

    private Compared compared(BuildView build) {
        var steps = builds.steps(build.id());
        var before = builds.before(build);
        return new Compared(
                before,
                steps,
                Comparison.of(
                        past(build, steps),
                        before.map(one -> past(one, builds.steps(one.id()))).orElse(null),
                        losses(build)));
    }

    private BuildComparison comparison(BuildView build, Compared compared) {
        var comparison = compared.comparison();
        return new BuildComparison(
                comparison.scenario(),
                comparison.reason(),
                compared.before().map(BuildView::id).orElse(null),
                comparison.firstMiss().map(BuildComparer::miss).orElse(null),
                saved(build, compared.steps()));
    }

    /** Returns the time saved by the cache, or null if the duration of no cached step is known. */
    private @Nullable Duration saved(BuildView build, List<BuildStep> steps) {
        var cached = steps.stream()
                .filter(BuildStep::cached)
                .map(BuildStep::identity)
                .distinct()
                .toList();
        var costs =
                cached.isEmpty() ? Map.<String, List<Duration>>of() : builds.costsBefore(build, cached, Saved.LATEST);
        var saved =
                Saved.of(steps, build.state() != BuildState.DONE, identity -> costs.getOrDefault(identity, List.of()));
        return saved.known() == 0 ? null : saved.time();
    }

    private static BuildComparison.Miss miss(Miss miss) {
        var own = miss.step().duration();
        return new BuildComparison.Miss(
                miss.step().number(),
                miss.step().text(),
                miss.cause().kind(),
                miss.cause().text(),
                miss.cascade().size(),
                own == null ? miss.cost() : miss.cost().plus(own),
                miss.cause() instanceof MissCause.RecordPruned pruned && pruned.loss() instanceof CacheLoss.ByRun run
                        ? run.runId()
                        : null);
    }

    private static PastBuild past(BuildView build, List<BuildStep> steps) {
        var outline = build.outline();
        return new PastBuild(
                build.startedAt(),
                build.state() == BuildState.DONE,
                outline.noCache(),
                outline.argumentDigests(),
                steps);
    }

    /** Returns the lost records of a known builder. For a log that was uploaded without a host, they are unknown. */
    private CacheLosses losses(BuildView build) {
        var builder = build.builder();
        if (builder == null) {
            return CacheLosses.NONE;
        }
        // The steps of a build are checked one after another, most of them with the same times.
        var asked = new HashMap<List<Instant>, List<Lost>>();
        return (step, after, before) -> {
            String instruction = RecordInstruction.of(step.kind(), step.text());
            return asked.computeIfAbsent(List.of(after, before), times -> latestFirst(builder, after, before)).stream()
                    .filter(one -> one.instruction().isOf(instruction))
                    .findFirst()
                    .map(one -> loss(one.record()));
        };
    }

    /** A lost record with its instruction, which is parsed once and not again for each step. */
    private record Lost(DeletedRecords.DeletedRecord record, RecordInstruction instruction) {}

    private List<Lost> latestFirst(BuilderId builder, Instant after, Instant until) {
        return gone.between(builder, after, until, MOST_GONE).reversed().stream()
                .map(one -> new Lost(one, RecordInstruction.of(one.description())))
                .toList();
    }

    private static CacheLoss loss(DeletedRecords.DeletedRecord last) {
        Long run = last.runId();
        return run == null ? new CacheLoss.ByOthers(last.at()) : new CacheLoss.ByRun(run, last.at());
    }
}
