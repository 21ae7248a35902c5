package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The causes of the root misses of a build. No input of such a step explains its miss. Certain causes are checked first. Causes that remain
 * only by elimination are marked as uncertain or unknown.
 *
 * <p>BuildKit reports no reasons. It reports texts, states, and digests of vertices. The digests of all steps that depend on files of a
 * client change with each build, so they show nothing.
 */
final class Causes {

    private final PastBuild current;
    private final @Nullable PastBuild previous;
    private final CacheLosses losses;
    private final LookedUp lookedUp;
    private final Ancestry ancestry;
    private final Ancestry before;
    private final Counterparts counterparts;
    private final BaseImages images;
    private final TakenInputs inputs;

    Causes(PastBuild current, @Nullable PastBuild previous, CacheLosses losses, LookedUp lookedUp) {
        this.current = current;
        this.previous = previous;
        this.losses = losses;
        this.lookedUp = lookedUp;
        List<BuildStep> earlier = previous == null ? List.of() : previous.steps();
        this.ancestry = new Ancestry(current.steps());
        this.before = new Ancestry(earlier);
        this.counterparts = new Counterparts(current.steps(), earlier);
        this.images = new BaseImages(ancestry, counterparts);
        this.inputs = new TakenInputs(ancestry, before);
    }

    /** Returns whether the previous build had the same instruction. */
    boolean knownBefore(BuildStep step) {
        return counterparts.same(step).isPresent();
    }

    MissCause of(BuildStep step) {
        if (previous == null) {
            return new MissCause.FirstBuild();
        }
        if (current.noCache()) {
            return new MissCause.NoCache();
        }
        var same = counterparts.same(step);
        return images.changed(step)
                .or(() -> same.isEmpty() ? Optional.of(causeOfNewStep(step, previous)) : Optional.empty())
                .or(() -> same.flatMap(counterpart -> of(step, counterpart, previous)))
                .orElseGet(() -> unknown(step));
    }

    private MissCause causeOfNewStep(BuildStep step, PastBuild previous) {
        var replaced = counterparts.replaced(step);
        if (replaced.isPresent()) {
            return new MissCause.OwnTextChanged(replaced.get().text(), step.text());
        }
        return previous.succeeded() ? new MissCause.StepNew() : new MissCause.NotFinishedBefore();
    }

    private Optional<MissCause> of(BuildStep step, BuildStep same, PastBuild previous) {
        return Stream.<Supplier<Optional<MissCause>>>of(
                        () -> place(step, same),
                        () -> lost(step, previous),
                        () -> notFinished(same),
                        () -> namedArguments(step, previous),
                        () -> inputs.changed(step, same),
                        () -> environment(step, same, previous),
                        () -> images.probableTagChange(step, lookedUp),
                        () -> neverCached(same, previous))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<MissCause> place(BuildStep step, BuildStep same) {
        if (digests(step) != digests(same)) {
            return Optional.empty();
        }
        var now = instructions(ancestry.inputs(step));
        var then = instructions(before.inputs(same));
        var gone = new ArrayList<>(then);
        var come = new ArrayList<BuildStep>();
        for (var input : now) {
            var known = counterparts.same(input);
            if (known.isEmpty() || !gone.remove(known.get())) {
                come.add(input);
            }
        }
        return gone.isEmpty() && come.isEmpty()
                ? Optional.empty()
                : Optional.of(new MissCause.PlaceChanged(texts(gone), texts(come)));
    }

    private static boolean digests(BuildStep step) {
        return step.vertex().startsWith("sha256:");
    }

    private static List<BuildStep> instructions(List<BuildStep> inputs) {
        return inputs.stream()
                .filter(input -> input.cacheable() || input.kind() == StepKind.FROM)
                .toList();
    }

    private static List<String> texts(List<BuildStep> steps) {
        return steps.stream().map(BuildStep::text).toList();
    }

    private Optional<MissCause> lost(BuildStep step, PastBuild previous) {
        return losses.lossOf(step, previous.startedAt(), current.startedAt()).map(loss -> {
            var ago = Duration.between(loss.at(), current.startedAt());
            return new MissCause.RecordPruned(loss, ago.isNegative() ? Duration.ZERO : ago);
        });
    }

    private static Optional<MissCause> notFinished(BuildStep same) {
        return same.state() == VertexState.CACHED || same.state() == VertexState.DONE
                ? Optional.empty()
                : Optional.of(new MissCause.NotFinishedBefore());
    }

    /** Finds changed build arguments that the instruction names. Texts contain {@code ‹NAME›} in place of the value of an argument. */
    private Optional<MissCause> namedArguments(BuildStep step, PastBuild previous) {
        var named = changedArguments(previous).stream()
                .filter(name -> step.text().contains("‹" + name + "›"))
                .toList();
        return named.isEmpty() ? Optional.empty() : Optional.of(new MissCause.ArgumentChanged(named, true));
    }

    private Set<String> changedArguments(PastBuild previous) {
        Set<String> names = new TreeSet<>(current.argumentDigests().keySet());
        names.addAll(previous.argumentDigests().keySet());
        names.removeIf(name -> Objects.equals(
                current.argumentDigests().get(name), previous.argumentDigests().get(name)));
        return names;
    }

    private Optional<MissCause> environment(BuildStep step, BuildStep same, PastBuild previous) {
        boolean comparable = ancestry.comparable(step) && before.comparable(same);
        if (comparable && step.vertex().equals(same.vertex())) {
            return Optional.empty();
        }
        var changed = changedArguments(previous);
        if (step.kind() == StepKind.RUN && !changed.isEmpty()) {
            return Optional.of(new MissCause.ArgumentChanged(List.copyOf(changed), false));
        }
        return comparable ? Optional.of(new MissCause.SettingsChanged()) : Optional.empty();
    }

    /**
     * Detects a step that also ran in the previous build although all steps below it hit the cache. Without such hits nothing follows,
     * because a first or forced build runs every step.
     */
    private Optional<MissCause> neverCached(BuildStep same, PastBuild previous) {
        var then = LookedUp.of(previous.steps(), !previous.succeeded());
        var upon = before.all(same).stream().filter(BuildStep::cacheable).toList();
        boolean uponHits = !upon.isEmpty() && upon.stream().allMatch(then::hit);
        return !previous.noCache() && then.missed(same) && uponHits
                ? Optional.of(new MissCause.NeverCached())
                : Optional.empty();
    }

    private MissCause unknown(BuildStep step) {
        return new MissCause.Unknown(
                ancestry.comparable(step)
                        ? "The step and its inputs are unchanged, so the cache record was deleted for an unknown"
                                + " reason. A build with --no-cache looks the same if the log does not contain this"
                                + " option."
                        : "The instruction and its inputs are unchanged. Either the cache record was deleted, or an"
                                + " earlier setting such as ENV changed, which logs do not contain.");
    }
}
