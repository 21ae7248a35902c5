package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.buildcache.CacheRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A filter for records with the same instruction, for example records of the same RUN in two projects. It compares their parents. One
 * parent of the record of a step must be a record of an input of that step, and so on down the chain.
 *
 * <p>Without data about the levels below, nothing is excluded. This applies to steps without records. It also applies to parents that no
 * snapshot contains, such as those of a result that BuildKit stores under two IDs.
 */
final class ParentChains {

    private final Map<Integer, BuildStep> steps;
    private final Map<Integer, Map<String, CacheRecord>> candidates;
    private final Set<String> known;
    private final Map<Link, Boolean> reported = new HashMap<>();

    private record Link(int step, String record) {}

    /**
     * Creates the chains of a build.
     *
     * @param candidates records with the instruction of a step, by the number of the step
     */
    ParentChains(List<BuildStep> steps, Map<Integer, List<CacheRecord>> candidates, Collection<CacheRecord> records) {
        this.steps = steps.stream().collect(Collectors.toMap(BuildStep::number, step -> step));
        this.known = records.stream().map(CacheRecord::id).collect(Collectors.toSet());
        this.candidates = new HashMap<>();
        candidates.forEach((number, some) -> this.candidates.put(
                number, some.stream().collect(Collectors.toMap(CacheRecord::id, record -> record))));
    }

    /** Returns false only if another build certainly created the record. */
    boolean mayBeOf(BuildStep step, CacheRecord record) {
        var link = new Link(step.number(), record.id());
        var before = reported.get(link);
        if (before != null) {
            return before;
        }
        boolean may = mayDescend(step, record);
        reported.put(link, may);
        return may;
    }

    private boolean mayDescend(BuildStep step, CacheRecord record) {
        var inputs = step.inputs().stream()
                // Inputs of a step come before it.
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
