package dev.cachewarden.simulator.cache;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One record as a graph holds it. Small, since a fleet holds millions: the id is made from eight bytes, times are nanoseconds since
 * 1970, descriptions are shared. Everything that changes is guarded by the graph.
 */
public final class SimulatedRecord {

    static final long NEVER = Long.MIN_VALUE;

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final int ID_LENGTH = 25;
    private static final int DIGITS_A_WORD = 12;

    /** Made from nothing else than this, so that it need not be kept. */
    private final long idBits;

    /** Same for the same step on the same parents; what makes a later build a hit. */
    final long digest;

    final List<SimulatedRecord> parents;
    final String description;
    final long createdAt;
    String type;
    long size;
    long lastUsedAt = NEVER;
    int usageCount;
    int children;
    int holders;
    int position;
    boolean shared;
    boolean mutable;

    /** Its size is not known until the next reading asks for it. */
    boolean unmeasured;

    SimulatedRecord(
            long idBits, long digest, String type, String description, List<SimulatedRecord> parents, long createdAt) {
        this.idBits = idBits;
        this.digest = digest;
        this.type = type;
        this.description = description;
        this.parents = parents;
        this.createdAt = createdAt;
    }

    /** 25 lowercase letters and digits, as BuildKit's are. */
    public String id() {
        var id = new byte[ID_LENGTH];
        long word = 0;
        for (int i = 0; i < ID_LENGTH; i++) {
            if (i % DIGITS_A_WORD == 0) {
                word = Digests.mix(idBits + i) >>> 1;
            }
            id[i] = (byte) DIGITS.charAt((int) (word % DIGITS.length()));
            word /= DIGITS.length();
        }
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    /** A build or a test holds it, or a descendant of it. */
    boolean inUse() {
        return holders > 0;
    }

    /** BuildKit tells no size of what is being written. */
    long reportedSize() {
        return mutable && inUse() ? 0 : size;
    }

    RecordView view() {
        return new RecordView(
                id(),
                parentIds(),
                type,
                description,
                inUse(),
                shared,
                mutable,
                reportedSize(),
                instant(createdAt),
                lastUsedAt == NEVER ? null : instant(lastUsedAt),
                usageCount);
    }

    List<String> parentIds() {
        if (parents.isEmpty()) {
            return List.of();
        }
        var ids = new ArrayList<String>(parents.size());
        for (var parent : parents) {
            ids.add(parent.id());
        }
        return ids;
    }

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
