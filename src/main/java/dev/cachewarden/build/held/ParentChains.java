package dev.cachewarden.build.held;

import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.buildcache.CacheRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells records apart that have the same instruction, as those of a RUN of two projects have, by what they build on: a record of a step has,
 * among its parents, one of a step before it, and so on down.
 *
 * <p>Where nothing is known of what is below, nothing is told: of steps without records, and of parents that are in no reading, such as those
 * of a result that BuildKit keeps under two ids.
 */
final class ParentChains {

    private final Map<Integer, BuildStep> steps;
    private final Map<Integer, Map<String, CacheRecord>> candidates;
    private final Set<String> known;
    private final Map<Link, Boolean> told = new HashMap<>();

    private record Link(int step, String record) {}

    /** @param candidates by number of the step, the records with its instruction */
    ParentChains(List<BuildStep> steps, Map<Integer, List<CacheRecord>> candidates, Collection<CacheRecord> records) {
        this.steps = steps.stream().collect(Collectors.toMap(BuildStep::number, step -> step));
        this.known = records.stream().map(CacheRecord::id).collect(Collectors.toSet());
        this.candidates = new HashMap<>();
        candidates.forEach((number, some) -> this.candidates.put(
                number, some.stream().collect(Collectors.toMap(CacheRecord::id, record -> record))));
    }

    /** False only where it is sure that another build made it. */
    boolean mayBeOf(BuildStep step, CacheRecord record) {
        var link = new Link(step.number(), record.id());
        var before = told.get(link);
        if (before != null) {
            return before;
        }
        boolean may = look(step, record);
        told.put(link, may);
        return may;
    }

    private boolean look(BuildStep step, CacheRecord record) {
        var inputs = step.inputs().stream()
                // What a step depends on comes before it.
                .filter(input -> input < step.number() && candidates.containsKey(input))
                .toList();
        return inputs.isEmpty()
                || record.parents().isEmpty()
                || !known.containsAll(record.parents())
                || record.parents().stream().anyMatch(parent -> inputs.stream().anyMatch(input -> isOf(input, parent)));
    }

    private boolean isOf(int input, String parent) {
        var record = candidates.getOrDefault(input, Map.of()).get(parent);
        var step = steps.get(input);
        return record != null && step != null && mayBeOf(step, record);
    }
}
