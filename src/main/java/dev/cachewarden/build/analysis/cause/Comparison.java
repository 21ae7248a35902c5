package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.analysis.LookedUp;
import dev.cachewarden.build.analysis.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A build against the one before it: what it made anew, and why.
 *
 * @param reason why this scenario, in words
 * @param misses that do not follow from other ones. The first is the one that decided the scenario: of several causes the one that comes
 *     first in {@link Scenario}, of equal ones the step that began first
 */
public record Comparison(Scenario scenario, String reason, List<Miss> misses) {

    /** Goes before the instruction of the step that missed first, where a reason names it. */
    public static final String FIRST_MISS = "First not in the cache: ";

    public Comparison {
        misses = List.copyOf(misses);
    }

    /**
     * Compares two builds of the same thing.
     *
     * @param previous the build before, best on the same builder; null: there is none
     */
    public static Comparison of(PastBuild current, @Nullable PastBuild previous, CacheLosses losses) {
        var lookedUp = LookedUp.of(current.steps(), !current.succeeded());
        var cascades = Cascades.of(current.steps(), lookedUp);
        var causes = new Causes(current, previous, losses, lookedUp);
        var misses = cascades.roots().stream()
                .map(root -> cascades.miss(root, causes.of(root), causes::knownBefore))
                .sorted(Comparator.<Miss, Scenario>comparing(
                                miss -> miss.cause().scenario(miss.step()))
                        .thenComparing(miss -> miss.step().startedAt(), Comparator.nullsLast(Comparator.naturalOrder()))
                        .thenComparingInt(miss -> miss.step().number()))
                .toList();
        if (!misses.isEmpty()) {
            return missed(misses);
        }
        return new Comparison(without(current, previous, lookedUp), withoutMisses(current, previous, lookedUp), misses);
    }

    /** What missed first. */
    public Optional<Miss> firstMiss() {
        return misses.stream().findFirst();
    }

    private static Comparison missed(List<Miss> misses) {
        var first = misses.getFirst();
        var scenario = first.cause().scenario(first.step());
        String reason = first.cause().text();
        if (scenario != Scenario.FIRST && scenario != Scenario.FORCED) {
            reason = FIRST_MISS + first.step().text() + ". " + reason;
        }
        return new Comparison(scenario, reason, misses);
    }

    private static Scenario without(PastBuild current, @Nullable PastBuild previous, LookedUp lookedUp) {
        if (previous == null) {
            return Scenario.FIRST;
        }
        if (current.noCache()) {
            return Scenario.FORCED;
        }
        boolean looked = current.steps().stream().anyMatch(lookedUp::hit);
        return looked || current.succeeded() ? Scenario.UNCHANGED : Scenario.UNKNOWN;
    }

    private static String withoutMisses(PastBuild current, @Nullable PastBuild previous, LookedUp lookedUp) {
        return switch (without(current, previous, lookedUp)) {
            case FIRST -> new MissCause.FirstBuild().text();
            case FORCED -> new MissCause.NoCache().text();
            case UNCHANGED -> "All came from the cache.";
            default -> "The build ended before it looked for anything in the cache.";
        };
    }
}
