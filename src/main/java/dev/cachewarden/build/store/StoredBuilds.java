package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.Verdict;
import dev.cachewarden.build.rules.ProjectRules;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.Cursor;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds in the database. */
@Component
public class StoredBuilds implements Builds {

    private static final String LIST = "builds";
    private static final int ROWS_AT_A_TIME = 500;

    /** Each takes its steps along. */
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

    /** The order is that of one moment, so each build appears once even if it ends meanwhile. No connection is held while a reader takes its time. */
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

    /** Whether builds that a builder remembered are stored as its own. */
    public boolean anyFromHistory(BuilderId builder) {
        return rows.anyFromHistory(builder);
    }

    /** The secret that values of build arguments are digested with. */
    public byte[] argumentKey() {
        return rows.argumentKey();
    }

    /** Whether the steps of a build are known; empty: the build is not. */
    public Optional<Boolean> stepsRead(BuilderId builder, String ref) {
        return rows.stepsRead(builder, ref);
    }

    /** Refs of the latest builds of a builder whose steps are known. */
    public Set<String> known(BuilderId builder) {
        return rows.known(builder);
    }

    /**
     * Stores a build with its steps, all or nothing; of one that is known, what is newly known. Steps are stored with the classes that the
     * project's rules give them now, whatever they were when the build was read. One that can be judged stands to be until it is.
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
     * Merges a build that was just stored with the same build from the other source: the builder's history, or an uploaded log. The one that was
     * there first keeps its number.
     *
     * @return the build that is left
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

    /** Its steps, with the classes of now; whoever changes the rules waits until the transaction ends. */
    List<BuildStep> classed(NewBuild build) {
        if (build.steps().isEmpty()) {
            return List.of();
        }
        var held = rules.held(build.outline().project().name());
        return build.steps().stream().map(step -> step.classedBy(held)).toList();
    }

    /** Stores what a build that runs has done so far; nothing if it has ended meanwhile. */
    public void storeSoFar(NewBuild build) {
        transactions.executeWithoutResult(status -> {
            var classed = classed(build);
            if (written.running(build).isEmpty()) {
                // Its beginning was not heard, or it was taken for lost. Of one that has ended this changes nothing.
                written.upsert(build);
            }
            // The row is locked from here on: it cannot end between.
            written.running(build).ifPresent(running -> {
                written.soFar(running, build);
                steps.replace(running, classed);
            });
        });
    }

    /** Takes back that a build was taken for lost: its builder says that it runs. Of one that has ended nothing is changed. */
    public void runsAfterAll(BuilderId builder, String ref) {
        rows.runsAfterAll(builder, ref);
    }

    /**
     * Ends those that ran and run no longer.
     *
     * @param running refs of those that run
     */
    public int lose(BuilderId builder, Instant startedBefore, List<String> running) {
        return rows.lose(builder, startedBefore, running);
    }

    /**
     * Stores what a build was.
     *
     * @param judge asked while nobody else can store it, nor class the steps of the build anew unseen; empty leaves what was said before
     * @return the build before that
     */
    public Optional<BuildView> judge(BuildId id, Function<BuildView, Optional<Verdict>> judge) {
        return Objects.requireNonNull(transactions.execute(status -> {
            var held = rows.held(id);
            held.ifPresent(build -> judge.apply(build).ifPresent(verdict -> rows.judge(id, verdict)));
            return held;
        }));
    }

    /** A build that could not be compared. */
    public static final class NotJudgedException extends RuntimeException {

        private final transient BuildView build;

        private NotJudgedException(BuildView build, RuntimeException cause) {
            super("Build " + build.id() + " of " + build.project() + " could not be compared", cause);
            this.build = build;
        }

        public BuildView build() {
            return build;
        }
    }

    /**
     * The same of the latest build that is to be judged still: it was not when it came in, or its steps were classed anew since. If it never
     * was, the one after it is to be judged then, too.
     *
     * @param passedOver these are not
     * @return the build before that; empty if there is none that nobody else is about
     * @throws NotJudgedException if judging it failed; it is still to be judged
     */
    public Optional<BuildView> judgeNext(Collection<BuildId> passedOver, Function<BuildView, Optional<Verdict>> judge) {
        while (true) {
            var next = rows.nextToJudge(passedOver);
            // Empty if somebody else was faster.
            var judged = next.flatMap(build -> judgeMarked(build, judge));
            if (next.isEmpty() || judged.isPresent()) {
                return judged;
            }
        }
    }

    private Optional<BuildView> judgeMarked(BuildView build, Function<BuildView, Optional<Verdict>> judge) {
        try {
            if (build.verdict() == null) {
                judgeAfter(build);
            }
            return Objects.requireNonNull(transactions.execute(status -> {
                var held = rows.heldToJudge(build.id());
                held.ifPresent(one -> {
                    rows.judged(one.id());
                    judge.apply(one).ifPresent(verdict -> rows.judge(one.id(), verdict));
                });
                return held;
            }));
        } catch (RuntimeException e) {
            throw new NotJudgedException(build, e);
        }
    }

    /**
     * Has the build after another be judged in the background: it may have been compared with one before that other, since builders tell of
     * those they remember in no order. To be called before the other one is judged, while no build is held.
     *
     * @return the build after it, if it can be judged
     */
    public Optional<BuildView> judgeAfter(BuildView build) {
        var after = rows.neighbour(build, true).filter(BuildView::comparable);
        after.ifPresent(one -> rows.toJudge(one.id()));
        return after;
    }

    /** Leaves a build as it was judged before, if ever. */
    public void leaveUnjudged(BuildId id) {
        rows.judged(id);
    }

    /** The build before another that it is to be compared with. */
    public Optional<BuildView> before(BuildView build) {
        return rows.neighbour(build, false);
    }

    /** What steps took when they ran in builds of the same project before this one, latest first, at most so many times each. */
    public Map<String, List<Duration>> costsBefore(BuildView build, Collection<String> identities, int latest) {
        return rows.costs(build.project(), build.startedAt(), identities, latest);
    }

    @Override
    public void delete(BuildId id) {
        transactions.executeWithoutResult(transaction -> {
            var build = rows.held(id).orElseThrow(() -> new NotFoundException("There is no build " + id + "."));
            if (build.state() == BuildState.RUNNING) {
                throw new ConflictException("Build " + id + " is running. Delete it after it has ended.");
            }
            rows.delete(build);
        });
    }

    /** In parts, each by itself. A build that somebody is about just then is left for the next time. */
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
