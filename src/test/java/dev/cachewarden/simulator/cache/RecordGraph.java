package dev.cachewarden.simulator.cache;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cache of one simulated engine. The same seed, clock and builds give the same records, ids included. Safe for use by several
 * threads; one lock guards it all, as in BuildKit.
 */
public final class RecordGraph {

    private final List<SimulatedRecord> records = new ArrayList<>();
    private final DigestIndex index = new DigestIndex();
    private final Map<String, List<SimulatedRecord>> images = new HashMap<>();
    private final InstantSource clock;
    private final DescriptionStyle style;
    private final Random order;
    private final long seed;
    private long made;

    public RecordGraph(long seed, InstantSource clock, DescriptionStyle style) {
        this.seed = seed;
        this.clock = clock;
        this.style = style;
        this.order = new Random(seed);
    }

    /** Runs a whole build: steps that are there already are hits, the others make records. */
    public synchronized BuildReport build(BuildSpec spec) {
        return new RunningBuild(this, spec, false).finish();
    }

    /** Starts a build and leaves it running: its records are in use until it is finished. */
    public synchronized RunningBuild begin(BuildSpec spec) {
        return new RunningBuild(this, spec, true);
    }

    /** Puts a record in by hand; returns its id. */
    public synchronized String add(RecordDraft draft) {
        var parents = draft.parents().stream().map(this::find).toList();
        var createdAt = draft.createdAt() == null ? clock.instant() : draft.createdAt();
        var record = new SimulatedRecord(
                nextIdBits(),
                Digests.join(seed, -made),
                draft.type(),
                draft.description(),
                parents,
                SimulatedRecord.nanos(createdAt));
        record.size = draft.size();
        record.mutable = draft.mutable();
        record.usageCount = draft.usageCount();
        if (draft.lastUsedAt() != null) {
            record.lastUsedAt = SimulatedRecord.nanos(draft.lastUsedAt());
        }
        insert(record);
        if (draft.shared()) {
            images.put("image of " + record.id(), List.of(record));
            markShared();
        }
        return record.id();
    }

    /** A use of a record that begins and ends now, as a hit is. */
    public synchronized void use(String id) {
        touch(find(id));
    }

    /** Holds a record, and so everything it stands on, until {@link #release}; a running build does the same. */
    public synchronized void hold(String id) {
        hold(find(id), 1);
    }

    public synchronized void release(String id) {
        hold(find(id), -1);
    }

    /** Removes an image: what was shared with it alone is shared no more. */
    public synchronized void removeImage(String name) {
        images.remove(name);
        markShared();
    }

    public synchronized int size() {
        return records.size();
    }

    /** Bytes that no image holds as well: what limits of prunes are about. */
    public synchronized long privateBytes() {
        long bytes = 0;
        for (var record : records) {
            bytes += record.shared ? 0 : record.size;
        }
        return bytes;
    }

    /** All records, in another order at each call, as engines give them. */
    public synchronized List<SimulatedRecord> records() {
        var copy = new ArrayList<>(records);
        if (!copy.isEmpty()) {
            Collections.rotate(copy, order.nextInt(copy.size()));
        }
        return copy;
    }

    /** A reading has ended. BuildKit opened what it did not know the size of, which counts as one more use. */
    public synchronized void wasRead() {
        for (var record : records) {
            if (record.unmeasured) {
                record.unmeasured = false;
                touch(record);
            }
        }
    }

    public synchronized RecordView view(SimulatedRecord record) {
        return record.view();
    }

    public synchronized List<RecordView> views() {
        return records().stream().map(SimulatedRecord::view).toList();
    }

    public synchronized @Nullable RecordView find(Predicate<RecordView> wanted) {
        return records.stream()
                .map(SimulatedRecord::view)
                .filter(wanted)
                .findFirst()
                .orElse(null);
    }

    SimulatedRecord find(String id) {
        for (var record : records) {
            if (record.id().equals(id)) {
                return record;
            }
        }
        throw new NoSuchElementException("No record " + id);
    }

    @Nullable
    SimulatedRecord hit(long digest) {
        return index.find(digest, records);
    }

    SimulatedRecord make(BuildSpec.Step step, long digest, List<SimulatedRecord> parents) {
        // What a client sends is told as its own type only once it is there.
        String type = step.kind() == BuildSpec.Kind.LOCAL_SOURCE ? "regular" : step.kind().type;
        var record = new SimulatedRecord(nextIdBits(), digest, type, style.of(step), parents, now());
        // Results of steps too: BuildKit closes them only when something stands on them or an image is made of them.
        record.mutable = step.kind() != BuildSpec.Kind.PULL && step.kind() != BuildSpec.Kind.FRONTEND;
        record.size = step.kind() == BuildSpec.Kind.CACHE_MOUNT ? 0 : step.bytes();
        insert(record);
        return record;
    }

    void touch(SimulatedRecord record) {
        record.usageCount++;
        record.lastUsedAt = now();
    }

    /** Counts a holder in or out, for the record and all it stands on. */
    void hold(SimulatedRecord record, int change) {
        for (var held : lineage(record)) {
            held.holders += change;
        }
    }

    void exported(String image, SimulatedRecord last) {
        var chain = List.copyOf(lineage(last));
        chain.forEach(record -> record.mutable = false);
        images.put(image, chain);
        markShared();
    }

    /** Takes a record out. Its parents are free to go next, if no other child holds them. */
    void remove(SimulatedRecord record) {
        var last = records.removeLast();
        if (last != record) {
            records.set(record.position, last);
            last.position = record.position;
        }
        record.position = -1;
        index.clear();
        record.parents.forEach(parent -> parent.children--);
    }

    /** Whether a prune may take it at all: nothing holds it, no build and no child. */
    static boolean idle(SimulatedRecord record) {
        return record.position >= 0 && record.children == 0 && record.holders == 0;
    }

    List<SimulatedRecord> unordered() {
        return records;
    }

    long now() {
        return SimulatedRecord.nanos(clock.instant());
    }

    private void insert(SimulatedRecord record) {
        record.position = records.size();
        records.add(record);
        index.add(record);
        for (var parent : record.parents) {
            parent.children++;
            // What something stands on is written to no more.
            parent.mutable = false;
        }
    }

    private long nextIdBits() {
        return Digests.join(seed, ++made);
    }

    private void markShared() {
        records.forEach(record -> record.shared = false);
        images.values().forEach(chain -> chain.forEach(record -> record.shared = true));
    }

    private static Set<SimulatedRecord> lineage(SimulatedRecord record) {
        Set<SimulatedRecord> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayList<>(List.of(record));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            if (seen.add(next)) {
                open.addAll(next.parents);
            }
        }
        return seen;
    }
}
