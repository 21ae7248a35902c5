package dev.cachewarden.analytics;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.RecordLife;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * A grouping of records by content. If a record is deleted and created again, BuildKit treats it as another record, and it does not report
 * cache keys.
 *
 * <p>Two records have the same content if three conditions hold. They have the same type, description, and size. Their parents have the
 * same contents. One was deleted before the other was first seen. Two records in the same snapshot are different, because BuildKit would
 * have reused the existing one. If a record can follow several deleted ones, it follows the last. Cache mounts grow, so only their
 * description counts.
 */
final class Contents {

    /** The number for the content of an unknown parent. */
    private static final int UNKNOWN = -1;

    private final Map<String, RecordLife> lives = new LinkedHashMap<>();
    private final Map<String, Content> found = new HashMap<>();
    private int count;

    /**
     * The content of a record.
     *
     * @param number the same number for the same content
     * @param depth number of levels of parents below the record
     * @param again whether a deleted record had the same content
     */
    record Content(int number, int depth, boolean again) {}

    private record Key(RecordType type, long size, String description, List<Integer> parents) {}

    private record Taken(Instant until, int number) {}

    private Contents(List<RecordLife> lives) {
        lives.forEach(life -> this.lives.put(life.record().id(), life));
    }

    /** Maps the ID of each record to its content. Unknown parents and cycles of parents are allowed. */
    static Map<String, Content> of(List<RecordLife> lives) {
        var contents = new Contents(lives);
        contents.findAll();
        return contents.found;
    }

    /** Finds the contents of parents before those of their children. */
    private void findAll() {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, List<RecordLife>> children = new HashMap<>();
        for (var life : lives.values()) {
            var parents = parents(life).toList();
            waiting.put(life.record().id(), parents.size());
            parents.forEach(parent ->
                    children.computeIfAbsent(parent, any -> new ArrayList<>()).add(life));
        }
        var wave = lives.values().stream()
                .filter(life -> parents(life).findAny().isEmpty())
                .toList();
        int depth = 0;
        while (!wave.isEmpty()) {
            find(wave, depth);
            wave = wave.stream()
                    .flatMap(life -> children.getOrDefault(life.record().id(), List.of()).stream())
                    .filter(child -> waiting.merge(child.record().id(), -1, Integer::sum) == 0)
                    .toList();
            depth++;
        }
        find(
                lives.values().stream()
                        .filter(life -> !found.containsKey(life.record().id()))
                        .toList(),
                depth);
    }

    private Stream<String> parents(RecordLife life) {
        return life.record().parents().stream().distinct().filter(lives::containsKey);
    }

    private void find(List<RecordLife> wave, int depth) {
        Map<Key, List<RecordLife>> byKey = new LinkedHashMap<>();
        wave.forEach(life ->
                byKey.computeIfAbsent(key(life), any -> new ArrayList<>()).add(life));
        byKey.values().forEach(alike -> assignNumbers(alike, depth));
    }

    private Key key(RecordLife life) {
        var record = life.record();
        long size = record.type().equals(RecordType.EXEC_CACHEMOUNT)
                ? 0
                : record.size().bytes();
        var parents = record.parents().stream()
                .map(parent -> found.containsKey(parent) ? found.get(parent).number() : UNKNOWN)
                .sorted()
                .toList();
        return new Key(record.type(), size, record.description(), parents);
    }

    private void assignNumbers(List<RecordLife> alike, int depth) {
        var taken = new PriorityQueue<>(Comparator.comparing(Taken::until));
        Deque<Integer> gone = new ArrayDeque<>();
        alike.sort(Comparator.comparing(RecordLife::firstSeenAt));
        for (var life : alike) {
            while (!taken.isEmpty() && !taken.peek().until().isAfter(life.firstSeenAt())) {
                gone.push(taken.remove().number());
            }
            boolean again = !gone.isEmpty();
            int number = again ? gone.pop() : count++;
            taken.add(new Taken(life.missingSince() == null ? Instant.MAX : life.missingSince(), number));
            found.put(life.record().id(), new Content(number, depth, again));
        }
    }
}
