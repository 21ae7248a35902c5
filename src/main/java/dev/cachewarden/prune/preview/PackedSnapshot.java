package dev.cachewarden.prune.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a snapshot in few bytes, exactly: about a tenth of what they take as objects. Descriptions, most of what is left, are
 * compressed and need not be unpacked where nobody asks for them.
 *
 * <p>Times are kept in microseconds, as the store has them.
 */
final class PackedSnapshot {

    private static final int IN_USE = 1;
    private static final int SHARED = 2;
    private static final int MUTABLE_TOLD = 4;
    private static final int MUTABLE = 8;
    private static final int CREATED = 16;
    private static final int USED = 32;

    /** Of the object and its arrays. */
    private static final int OVERHEAD = 200;

    /** In the order in which most rules take them, which a planner sorts fastest. */
    private static final Comparator<CacheRecord> BY_TOUCH =
            Comparator.comparing(CacheRecord::lastTouchedAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder()));

    private final int count;
    private final List<RecordType> types;
    private final byte[] ids;
    private final byte[] attributes;
    private final PackedTexts descriptions;

    private PackedSnapshot(int count, List<RecordType> types, byte[] ids, byte[] attributes, PackedTexts descriptions) {
        this.count = count;
        this.types = types;
        this.ids = ids;
        this.attributes = attributes;
        this.descriptions = descriptions;
    }

    /** @throws IllegalArgumentException if a time is not in whole microseconds */
    static PackedSnapshot of(List<CacheRecord> records) {
        var sorted = records.stream().sorted(BY_TOUCH).toList();
        var numbers = new HashMap<String, Integer>(sorted.size() * 2);
        var ids = new PackedBytes(sorted.size() * 26);
        for (var record : sorted) {
            numbers.putIfAbsent(record.id(), numbers.size());
            ids.text(record.id());
        }
        var types = new LinkedHashMap<RecordType, Integer>();
        var texts = new LinkedHashMap<String, Integer>();
        var attributes = new PackedBytes(sorted.size() * 32);
        for (var record : sorted) {
            attributes.number(types.computeIfAbsent(record.type(), type -> types.size()));
            attributes.number(texts.computeIfAbsent(record.description(), text -> texts.size()));
            write(record, numbers, attributes);
        }
        return new PackedSnapshot(
                sorted.size(),
                List.copyOf(types.keySet()),
                ids.toArray(),
                attributes.toArray(),
                PackedTexts.of(texts.keySet()));
    }

    private static void write(CacheRecord record, Map<String, Integer> numbers, PackedBytes to) {
        to.number((record.inUse() ? IN_USE : 0)
                | (record.shared() ? SHARED : 0)
                | (record.mutable() == null ? 0 : MUTABLE_TOLD)
                | (Boolean.TRUE.equals(record.mutable()) ? MUTABLE : 0)
                | (record.createdAt() == null ? 0 : CREATED)
                | (record.lastUsedAt() == null ? 0 : USED));
        to.number(record.size().bytes());
        to.number(record.usageCount());
        to.time(record.createdAt());
        to.time(record.lastUsedAt());
        to.number(record.parents().size());
        for (String parent : record.parents()) {
            // Most are in the snapshot; zero stands before the id of one that is not.
            var number = numbers.get(parent);
            to.number(number == null ? 0 : number + 1);
            if (number == null) {
                to.text(parent);
            }
        }
    }

    /** What it takes, in bytes. */
    long bytes() {
        return OVERHEAD + (long) ids.length + attributes.length + descriptions.bytes();
    }

    /**
     * The records as they were packed, in another order.
     *
     * @param described whether with their descriptions; without, these are empty
     */
    List<CacheRecord> records(boolean described) {
        var names = names();
        var texts = described ? descriptions.unpacked() : null;
        var from = new PackedBytes.Reader(attributes);
        var records = new ArrayList<CacheRecord>(count);
        for (String name : names) {
            records.add(read(name, names, texts, from));
        }
        return records;
    }

    /** The descriptions of these records, by id; without those that are not there. */
    Map<String, String> descriptions(Set<String> wanted) {
        var found = new HashMap<String, String>();
        for (var record : records(true)) {
            if (wanted.contains(record.id())) {
                found.put(record.id(), record.description());
            }
        }
        return found;
    }

    private String[] names() {
        var names = new String[count];
        var from = new PackedBytes.Reader(ids);
        for (int i = 0; i < count; i++) {
            names[i] = from.text();
        }
        return names;
    }

    private CacheRecord read(String id, String[] names, String @Nullable [] texts, PackedBytes.Reader from) {
        var type = types.get((int) from.number());
        int text = (int) from.number();
        int flags = (int) from.number();
        var size = new ByteSize(from.number());
        long uses = from.number();
        var created = (flags & CREATED) == 0 ? null : from.time();
        var used = (flags & USED) == 0 ? null : from.time();
        return new CacheRecord(
                id,
                type,
                parents(names, from),
                texts == null ? "" : texts[text],
                (flags & IN_USE) != 0,
                (flags & SHARED) != 0,
                (flags & MUTABLE_TOLD) == 0 ? null : (flags & MUTABLE) != 0,
                size,
                created,
                used,
                uses);
    }

    private static List<String> parents(String[] names, PackedBytes.Reader from) {
        int count = (int) from.number();
        if (count == 0) {
            return List.of();
        }
        if (count == 1) {
            return List.of(parent(names, from));
        }
        var parents = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            parents.add(parent(names, from));
        }
        return parents;
    }

    private static String parent(String[] names, PackedBytes.Reader from) {
        int number = (int) from.number();
        return number == 0 ? from.text() : names[number - 1];
    }
}
