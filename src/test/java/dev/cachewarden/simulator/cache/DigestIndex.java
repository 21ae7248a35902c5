package dev.cachewarden.simulator.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds records by digest in four bytes a slot, where a hash map would take more than the records themselves. */
final class DigestIndex {

    private @Nullable SimulatedRecord[] slots = new SimulatedRecord[0];
    private int taken;

    /** Forgets all; the next {@link #find} starts from the list again. */
    void clear() {
        slots = new SimulatedRecord[0];
        taken = 0;
    }

    void add(SimulatedRecord record) {
        if (slots.length > 0 && 2 * (taken + 1) <= slots.length) {
            put(record);
        } else {
            clear();
        }
    }

    @Nullable
    SimulatedRecord find(long digest, List<SimulatedRecord> all) {
        if (slots.length == 0) {
            slots = new SimulatedRecord[Integer.highestOneBit(Math.max(8, all.size())) * 4];
            all.forEach(this::put);
        }
        int slot = slot(digest);
        for (var record = slots[slot]; record != null; record = slots[slot]) {
            if (record.digest == digest) {
                return record;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return null;
    }

    private void put(SimulatedRecord record) {
        int slot = slot(record.digest);
        while (slots[slot] != null) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = record;
        taken++;
    }

    private int slot(long digest) {
        return (int) digest & (slots.length - 1);
    }
}
