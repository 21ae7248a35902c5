package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The builds in the database. */
@Component
public class StoredBuilds implements Builds {

    private static final String LIST = "builds";
    private static final int ROWS_AT_A_TIME = 500;

    /** The maximum number of builds per delete statement, which also deletes their steps. */
    private static final int DELETED_AT_A_TIME = 200;

    private final BuildRows rows;
    private final BuildListRows lists;
    private final NewBuildRows written;
    private final StepRows steps;
    private final SameBuilds same;
    private final ProjectRules rules;
    private final TransactionTemplate transactions;

    StoredBuilds(
            BuildRows rows,
            BuildListRows lists,
            NewBuildRows written,
            StepRows steps,
            SameBuilds same,
            ProjectRules rules,
            TransactionTemplate transactions) {
        this.rows = rows;
        this.lists = lists;
        this.written = written;
        this.steps = steps;
        this.same = same;
        this.rules = rules;
        this.transactions = transactions;
    }

    @Override
    public Page<BuildView> list(BuildFilter filter, BuildOrder order, @Nullable String after, int limit) {
        String list = LIST + order;
        var place = after == null ? null : BuildListRows.Place.of(order, Cursor.decode(list, after));
        var found = lists.list(filter, order, place, limit + 1);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        var last = BuildListRows.Place.of(order, found.get(limit - 1));
        return new Page<>(found.subList(0, limit), Cursor.encode(list, last.position()));
    }

    /**
     * Passes all builds of the list to the sink. The order is determined once, so each build appears once even if it ends meanwhile. No
     * database connection is held while the sink runs.
     */
    @Override
    public void forEach(BuildFilter filter, BuildOrder order, Consumer<BuildView> sink) {
        var ids = lists.ids(filter, order);
        for (int from = 0; from < ids.size(); from += ROWS_AT_A_TIME) {
            lists.of(ids.subList(from, Math.min(from + ROWS_AT_A_TIME, ids.size())))
                    .forEach(sink);
        }
    }

    @Override
    public Optional<BuildView> find(BuildId id) {
        return rows.find(id);
    }

    @Override
    public List<BuildStep> steps(BuildId id) {
        return steps.of(id);
    }

    @Override
    public boolean anyOf(String project) {
        return rows.anyOf(project);
    }

    @Override
    public List<String> projects() {
        return rows.projects();
    }

    /** Returns whether builds from the history of a builder are stored under this builder. */
    public boolean anyFromHistory(BuilderId builder) {
        return rows.anyFromHistory(builder);
    }

    /** Returns the key for digests of build argument values. */
    public byte[] argumentKey() {
        return rows.argumentKey();
    }

    /** Returns whether the steps of a build are known, or empty if the build is unknown. */
    public Optional<Boolean> stepsRead(BuilderId builder, String ref) {
        return rows.stepsRead(builder, ref);
    }

    /** Returns the refs of the latest builds of a builder whose steps are known. */
    public Set<String> known(BuilderId builder) {
        return rows.known(builder);
    }

    /**
     * Stores a build with its steps in one transaction, or the new data of a known build. Steps get the classes of the project's current
     * rules, even if the rules changed after the build was read. If the build can be compared, its comparison is marked as pending.
     */
    public Stored store(NewBuild build) {
        return Objects.requireNonNull(transactions.execute(status -> {
            var classed = classed(build);
            var stored = written.upsert(build);
            if (stored.isNew() && build.stepsReadAt() != null) {
                steps.replace(stored.id(), classed);
            }
            return stored;
        }));
    }

    /**
     * Merges a build that was just stored with the same build from the other source: the builder's history, or an uploaded log. The build
     * that was stored first keeps its ID.
     *
     * @return ID of the remaining build
     */
    public BuildId mergeSame(BuildId stored) {
        return Objects.requireNonNull(transactions.execute(status -> {
            var build = rows.find(stored)
                    .filter(one -> one.stepsRead() && one.state().ended());
            var other = build.flatMap(one -> same.find(one, steps::of));
            if (build.isEmpty() || other.isEmpty()) {
                return stored;
            }
            var kept = other.get().id();
            boolean remembered = build.get().source() == BuildSource.HISTORY;
            var history = remembered ? build.get() : other.get();
            var its = steps.of(history.id());
            same.fold(kept, history, remembered ? other.get() : build.get());
            rows.find(kept).ifPresent(one -> {
                var held = rules.held(one.project());
                steps.replace(
                        kept, its.stream().map(step -> step.classedBy(held)).toList());
            });
            return kept;
        }));
    }

    /** Returns the steps with their current classes. The rules of the project cannot change until the transaction ends. */
    List<BuildStep> classed(NewBuild build) {
        if (build.steps().isEmpty()) {
            return List.of();
        }
        var held = rules.held(build.outline().project().name());
        return build.steps().stream().map(step -> step.classedBy(held)).toList();
    }

    /** Stores the progress of a running build, or nothing if it has ended meanwhile. */
    public void storeSoFar(NewBuild build) {
        transactions.executeWithoutResult(status -> {
            var classed = classed(build);
            if (written.running(build).isEmpty()) {
                // The report of its start was missed, or it was marked as lost. A build that has ended does not change.
                written.upsert(build);
            }
            // The row is locked from here on, so that the build cannot end in between.
            written.running(build).ifPresent(running -> {
                written.storeProgress(running, build);
                steps.replace(running, classed);
            });
        });
    }

    /** Marks a lost build as running again, after its builder reported that it runs. A build that has ended does not change. */
    public void markRunning(BuilderId builder, String ref) {
        rows.markRunning(builder, ref);
    }

    /**
     * Marks builds as lost that were running and no longer run.
     *
     * @param running refs of the running builds
     */
    public int markLost(BuilderId builder, Instant startedBefore, List<String> running) {
        return rows.markLost(builder, startedBefore, running);
    }

    /**
     * Stores the result of a comparison.
     *
     * @param comparer function that compares the build. While it runs, no other transaction can change the result, or classify the steps
     *     again unnoticed. An empty return value keeps the existing result.
     * @return the build before the change
     */
    public Optional<BuildView> compare(BuildId id, Function<BuildView, Optional<BuildComparison>> comparer) {
        return Objects.requireNonNull(transactions.execute(status -> {
            var held = rows.findForUpdate(id);
            held.ifPresent(
                    build -> comparer.apply(build).ifPresent(comparison -> rows.storeComparison(id, comparison)));
            return held;
        }));
    }

    /** An exception for a build that could not be compared. */
    public static final class ComparisonFailedException extends RuntimeException {

        private final transient BuildView build;

        private ComparisonFailedException(BuildView build, Exception cause) {
            super("Build " + build.id() + " of " + build.project() + " could not be compared", cause);
            this.build = build;
        }

        public BuildView build() {
            return build;
        }
    }

    /**
     * Compares the latest build with a pending comparison. Such a build was not compared when it arrived, or its steps were classified
     * again. If it was never compared, the comparison of the build after it becomes pending, too.
     *
     * @param skipped builds to skip
     * @return the build before the change; empty if no comparison is pending, except those that other transactions work on
     * @throws ComparisonFailedException if the comparison failed; it is still pending
     */
    public Optional<BuildView> compareNextPending(
            Collection<BuildId> skipped, Function<BuildView, Optional<BuildComparison>> comparer) {
        while (true) {
            var next = rows.lockNextPending(skipped);
            // Empty if another transaction was faster.
            var compared = next.flatMap(build -> comparePending(build, comparer));
            if (next.isEmpty() || compared.isPresent()) {
                return compared;
            }
        }
    }

    private Optional<BuildView> comparePending(
            BuildView build, Function<BuildView, Optional<BuildComparison>> comparer) {
        var compared = new AtomicReference<>(Optional.<BuildView>empty());
        Guard.run(
                () -> {
                    if (build.comparison() == null) {
                        markNextBuildPending(build);
                    }
                    transactions.executeWithoutResult(status -> {
                        var held = rows.lockPending(build.id());
                        held.ifPresent(one -> {
                            rows.clearPending(one.id());
                            comparer.apply(one).ifPresent(comparison -> rows.storeComparison(one.id(), comparison));
                        });
                        compared.set(held);
                    });
                },
                failure -> {
                    throw new ComparisonFailedException(build, failure);
                });
        return compared.get();
    }

    /**
     * Marks the comparison of the build after another one as pending. That build may have been compared with an earlier one, because
     * builders report their history in no particular order. Call this method before the other build is compared, while no build is locked.
     *
     * @return the build after it, if it can be compared
     */
    public Optional<BuildView> markNextBuildPending(BuildView build) {
        var after = rows.adjacentBuild(build, true).filter(BuildView::comparable);
        after.ifPresent(one -> rows.markPending(one.id()));
        return after;
    }

    /** Clears the mark of a pending comparison, and keeps the existing result, if any. */
    public void clearPendingComparison(BuildId id) {
        rows.clearPending(id);
    }

    /** Returns the previous build that a build is compared with. */
    public Optional<BuildView> before(BuildView build) {
        return rows.adjacentBuild(build, false);
    }

    /**
     * Returns the durations of steps that ran in earlier builds of the same project, latest first.
     *
     * @param latest maximum number of durations per step
     */
    public Map<String, List<Duration>> costsBefore(BuildView build, Collection<String> identities, int latest) {
        return rows.costs(build.project(), build.startedAt(), identities, latest);
    }

    @Override
    public void delete(BuildId id) {
        transactions.executeWithoutResult(transaction -> {
            var build =
                    rows.findForUpdate(id).orElseThrow(() -> new NotFoundException("There is no build " + id + "."));
            if (build.state() == BuildState.RUNNING) {
                throw new ConflictException("Build " + id + " is running. Delete it after it has ended.");
            }
            rows.delete(build);
        });
    }

    /** Deletes old builds in several transactions. Builds that other transactions have locked remain until the next call. */
    public int deleteOlderThan(Instant time) {
        int deleted = 0;
        int now;
        do {
            now = rows.deleteOlderThan(time, DELETED_AT_A_TIME);
            deleted += now;
        } while (now == DELETED_AT_A_TIME);
        rows.forgetComparisons();
        rows.forgetDeletedBefore(time);
        return deleted;
    }
}
