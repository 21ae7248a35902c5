package dev.cachewarden.build.store;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The decision whether a build from a builder's history and an uploaded log are the same build. */
final class SameBuild {

    private static final String DIGEST = "sha256:";

    /** The tolerance for durations, because logs round them to a tenth of a second. */
    private static final Duration ROUNDING = Duration.ofMillis(110);

    /** The minimum duration of a step that distinguishes builds. Shorter steps take about the same time in every build. */
    private static final Duration LONG_ENOUGH = Duration.ofMillis(250);

    private SameBuild() {}

    /** The part of a build that a log contains, compared with the history. */
    enum Match {
        NONE,
        /** Each step of the log is a step of the build, but the build has more steps. */
        PART,
        WHOLE
    }

    /** Compares the steps. A log of several targets may lack the steps that they share. */
    static Match of(List<BuildStep> remembered, List<BuildStep> uploaded) {
        var exports = vertices(uploaded, StepKind.EXPORT);
        if (!exports.isEmpty() && !vertices(remembered, StepKind.EXPORT).isEmpty()) {
            // BuildKit uses a random digest for an export.
            return meet(exports, vertices(remembered, StepKind.EXPORT)) ? Match.WHOLE : Match.NONE;
        }
        var all = instructions(remembered);
        var some = instructions(uploaded);
        if (some.isEmpty() || some.size() > all.size()) {
            return Match.NONE;
        }
        for (var step : some) {
            var same = all.stream().filter(other -> isSame(step, other)).findFirst();
            if (same.isEmpty()) {
                return Match.NONE;
            }
            all.remove(same.get());
        }
        return all.isEmpty() ? Match.WHOLE : Match.PART;
    }

    /** Returns whether a log contains the digests of its vertices, as rawjson logs do. */
    static boolean haveDigests(List<BuildStep> uploaded) {
        return uploaded.stream().anyMatch(step -> step.vertex().startsWith(DIGEST));
    }

    /** Returns whether the log contains a step that is long enough to have a different duration in another build. */
    static boolean hasLongStep(List<BuildStep> uploaded) {
        return instructions(uploaded).stream().anyMatch(SameBuild::isLongEnoughToIdentify);
    }

    private static boolean isLongEnoughToIdentify(BuildStep step) {
        var duration = step.duration();
        return step.state() == VertexState.DONE && duration != null && duration.compareTo(LONG_ENOUGH) >= 0;
    }

    private static boolean isSame(BuildStep one, BuildStep other) {
        boolean digests = one.vertex().startsWith(DIGEST) && other.vertex().startsWith(DIGEST);
        if (digests) {
            return one.vertex().equals(other.vertex());
        }
        return one.text().equals(other.text()) && one.state() == other.state() && haveSameDuration(one, other);
    }

    private static boolean haveSameDuration(BuildStep one, BuildStep other) {
        var first = one.duration();
        var second = other.duration();
        return one.state() != VertexState.DONE
                || first == null
                || second == null
                || first.minus(second).abs().compareTo(ROUNDING) <= 0;
    }

    private static List<BuildStep> instructions(List<BuildStep> steps) {
        return new ArrayList<>(steps.stream().filter(BuildStep::cacheable).toList());
    }

    private static Set<String> vertices(List<BuildStep> steps, StepKind kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .map(BuildStep::vertex)
                .filter(vertex -> vertex.startsWith(DIGEST))
                .collect(Collectors.toSet());
    }

    private static boolean meet(Set<String> some, Set<String> others) {
        var both = new HashSet<>(some);
        both.retainAll(others);
        return !both.isEmpty();
    }
}
