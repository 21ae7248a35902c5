package dev.cachewarden.build.analytics;

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
 * Tells which records held the same: to BuildKit one that was deleted and made again is another record, and it does not tell its keys.
 *
 * <p>Of the same content are records of one type, description and size that build on the same contents, of which one was gone before the
 * other was seen. Two that a reading showed side by side are different ones: BuildKit would have taken the one that was there. A record
 * may follow several that are gone; then it follows the last. Cache mounts, which grow, go by their description alone.
 */
final class Contents {

    /** Instead of the content of a parent of which nothing is known. */
    private static final int UNKNOWN = -1;

    private final Map<String, RecordLife> lives = new LinkedHashMap<>();
    private final Map<String, Content> found = new HashMap<>();
    private int count;

    /**
     * What a record holds.
     *
     * @param number the same for the same content
     * @param depth upon how many others it stands, one upon the other
     * @param again whether another record that is gone held the same
     */
    record Content(int number, int depth, boolean again) {}

    private record Key(RecordType type, long size, String description, List<Integer> parents) {}

    private record Taken(Instant until, int number) {}

    private Contents(List<RecordLife> lives) {
        lives.forEach(life -> this.lives.put(life.record().id(), life));
    }

    /** Of each record by its id; parents that are not among them, or that stand upon themselves, do no harm. */
    static Map<String, Content> of(List<RecordLife> lives) {
        var contents = new Contents(lives);
        contents.findAll();
        return contents.found;
    }

    /** Parents before what stands upon them. */
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
        byKey.values().forEach(alike -> tellApart(alike, depth));
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

    private void tellApart(List<RecordLife> alike, int depth) {
        var taken = new PriorityQueue<>(Comparator.comparing(Taken::until));
        Deque<Integer> gone = new ArrayDeque<>();
        alike.sort(Comparator.comparing(RecordLife::firstSeenAt));
        for (var life : alike) {
            while (!taken.isEmpty() && !taken.peek().until().isAfter(life.firstSeenAt())) {
                gone.push(taken.remove().number());
            }
            boolean again = !gone.isEmpty();
            int number = again ? gone.pop() : count++;
            taken.add(new Taken(life.goneAt() == null ? Instant.MAX : life.goneAt(), number));
            found.put(life.record().id(), new Content(number, depth, again));
        }
    }
}
