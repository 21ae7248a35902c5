package dev.cachewarden.build.steps;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A topological order: each element comes after the elements that it needs. */
final class Ordered {

    private Ordered() {}

    /**
     * Returns the elements in order. If several elements can come next, the first by {@code preferred} does. Elements that are part of a
     * cycle, or that need one, come last.
     *
     * @param needs needs of each element, which must be among {@code things}
     */
    static <T> List<T> of(List<T> things, Function<T, Set<T>> needs, Comparator<T> preferred) {
        Map<T, List<T>> neededBy = new HashMap<>();
        Map<T, Integer> missing = new HashMap<>();
        var ready = new PriorityQueue<>(preferred);
        for (T thing : things) {
            var needed = needs.apply(thing);
            missing.put(thing, needed.size());
            for (T other : needed) {
                neededBy.computeIfAbsent(other, any -> new ArrayList<>()).add(thing);
            }
            if (needed.isEmpty()) {
                ready.add(thing);
            }
        }
        List<T> ordered = new ArrayList<>(things.size());
        while (!ready.isEmpty()) {
            T next = ready.remove();
            ordered.add(next);
            missing.remove(next);
            for (T dependant : dependants(neededBy.get(next))) {
                if (missing.merge(dependant, -1, Integer::sum) == 0) {
                    ready.add(dependant);
                }
            }
        }
        things.stream().filter(missing::containsKey).sorted(preferred).forEach(ordered::add);
        return ordered;
    }

    private static <T> List<T> dependants(@Nullable List<T> known) {
        return known == null ? List.of() : known;
    }
}
