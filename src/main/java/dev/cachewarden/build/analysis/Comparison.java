package dev.cachewarden.build.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a build with the previous one: which steps missed the cache, and why.
 *
 * @param reason reason for the scenario, as text
 * @param misses root misses, which follow from no other miss. The first one decides the scenario: its cause comes first in
 *     {@link Scenario}, and among equal causes its step began first
 */
public record Comparison(Scenario scenario, String reason, List<Miss> misses) {

    private static final String FIRST_MISS = "First miss: ";

    public Comparison {
        misses = List.copyOf(misses);
    }

    /**
     * Compares a build with the previous one.
     *
     * @param previous previous build, preferably on the same builder, or null if there is none
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

    /** Returns the first miss, which decides the scenario. */
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
            case UNCHANGED -> "All steps came from the cache.";
            default -> "The build ended before its first cache lookup.";
        };
    }
}
