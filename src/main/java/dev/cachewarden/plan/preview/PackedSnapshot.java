package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.CacheGraph;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The exact records of a snapshot in a compact form, which takes about a tenth of the memory of objects. The compressed descriptions are
 * most of it. They need not be decompressed unless a caller needs them.
 *
 * <p>Times have microsecond precision, as in the store.
 */
final class PackedSnapshot {

    private static final int CREATED = 1;
    private static final int USED = 2;
    private static final int USABLE_ID = 4;
    private static final int FLAG_BITS = 3;

    /** The size of the object and its arrays, in bytes. */
    private static final int OVERHEAD = 200;

    /** The size of a kind in bytes. A cache has few kinds. */
    private static final int KIND_BYTES = 100;

    private static final String NO_ID = "-";

    private final int count;

    /** The distinct records without their texts and figures. */
    private final CacheRecord[] kinds;

    private final byte[] ids;
    private final byte[] attributes;
    private final PackedTexts descriptions;

    private PackedSnapshot(int count, CacheRecord[] kinds, byte[] ids, byte[] attributes, PackedTexts descriptions) {
        this.count = count;
        this.kinds = kinds;
        this.ids = ids;
        this.attributes = attributes;
        this.descriptions = descriptions;
    }

    /**
     * Packs records.
     *
     * @throws IllegalArgumentException if a time is not in whole microseconds, or two records have the same ID
     */
    static PackedSnapshot of(Collection<CacheRecord> records) {
        // In the order of planning, so that unpacking needs no sort.
        var sorted = CacheGraph.of(records).records();
        var numbers = new HashMap<String, Integer>(sorted.size() * 2);
        var ids = new PackedBytes(sorted.size() * 26);
        for (var record : sorted) {
            numbers.put(record.id(), numbers.size());
            ids.text(record.id());
        }
        var kinds = new LinkedHashMap<CacheRecord, Integer>();
        var texts = new LinkedHashMap<String, Integer>();
        var attributes = new PackedBytes(sorted.size() * 32);
        for (var record : sorted) {
            var kind = kind(record);
            var place = kinds.get(kind);
            if (place == null) {
                place = kinds.size();
                kinds.put(kind, place);
            }
            attributes.number((long) place << FLAG_BITS | flags(record));
            attributes.number(texts.computeIfAbsent(record.description(), text -> texts.size()));
            write(record, numbers, attributes);
        }
        return new PackedSnapshot(
                sorted.size(),
                kinds.keySet().toArray(CacheRecord[]::new),
                ids.toArray(),
                attributes.toArray(),
                PackedTexts.of(texts.keySet()));
    }

    /** Returns all attributes that are not packed one by one. A new attribute of records is among them. */
    private static CacheRecord kind(CacheRecord record) {
        return record.withTexts(NO_ID, record.type(), List.of(), "")
                .withFigures(record.inUse(), ByteSize.ZERO, null, null, 0);
    }

    private static int flags(CacheRecord record) {
        return (record.createdAt() == null ? 0 : CREATED)
                | (record.lastUsedAt() == null ? 0 : USED)
                | (CacheRecord.isBuildKitId(record.id()) ? USABLE_ID : 0);
    }

    private static void write(CacheRecord record, Map<String, Integer> numbers, PackedBytes to) {
        to.number(record.size().bytes());
        to.number(record.usageCount());
        to.time(record.createdAt());
        to.time(record.lastUsedAt());
        to.number(record.parents().size());
        for (String parent : record.parents()) {
            // Most parents are in the snapshot. Zero precedes the ID of a parent that is not.
            var number = numbers.get(parent);
            to.number(number == null ? 0 : number + 1);
            if (number == null) {
                to.text(parent);
            }
        }
    }

    /** Returns the size in bytes. */
    long bytes() {
        return OVERHEAD + (long) kinds.length * KIND_BYTES + ids.length + attributes.length + descriptions.bytes();
    }

    /**
     * Returns the records that were packed, in the order of planning.
     *
     * @param described whether to include descriptions; otherwise they are empty
     */
    CacheGraph unpacked(boolean described) {
        return new Unpacked(types(), described ? descriptions.unpacked() : null);
    }

    private List<RecordType> types() {
        return Arrays.stream(kinds).map(CacheRecord::type).distinct().toList();
    }

    /** Returns the descriptions of these records by ID. IDs that are not in the snapshot are omitted. */
    Map<String, String> descriptions(Set<String> wanted) {
        var found = new HashMap<String, String>();
        var unpacked = new Unpacked(types(), descriptions.unpacked());
        for (int i = 0; i < count; i++) {
            if (wanted.contains(unpacked.id(i))) {
                found.put(unpacked.id(i), unpacked.record(i).description());
            }
        }
        return found;
    }

    /** A graph that reads the figures of all records immediately, and the other fields of a record on demand. */
    private final class Unpacked extends CacheGraph {

        private final String @Nullable [] texts;
        private final @Nullable CacheRecord[] made = new @Nullable CacheRecord[count];

        /** The index of each record in the attributes. */
        private final int[] starts = new int[count];

        private String @Nullable [] names;

        Unpacked(List<RecordType> types, String @Nullable [] texts) {
            super(count, types);
            this.texts = texts;
            var typePlaces = Arrays.stream(kinds)
                    .mapToInt(kind -> types.indexOf(kind.type()))
                    .toArray();
            var from = new PackedBytes.Reader(attributes, 0);
            for (int i = 0; i < count; i++) {
                starts[i] = from.place();
                addNext(from, typePlaces);
            }
        }

        private void addNext(PackedBytes.Reader from, int[] typePlaces) {
            int first = (int) from.number();
            int kind = first >> FLAG_BITS;
            from.skip();
            long size = from.number();
            from.skip();
            skipTimes(first, from);
            add(size, typePlaces[kind], kinds[kind].shared(), kinds[kind].inUse(), (first & USABLE_ID) != 0);
            for (long left = from.number(); left > 0; left--) {
                int number = (int) from.number();
                if (number == 0) {
                    from.text();
                } else {
                    addParent(number - 1);
                }
            }
        }

        private static void skipTimes(int flags, PackedBytes.Reader from) {
            if ((flags & CREATED) != 0) {
                from.skip();
            }
            if ((flags & USED) != 0) {
                from.skip();
            }
        }

        private String[] names() {
            if (names == null) {
                names = new String[count];
                var from = new PackedBytes.Reader(ids, 0);
                for (int i = 0; i < count; i++) {
                    names[i] = from.text();
                }
            }
            return names;
        }

        @Override
        protected String id(int number) {
            return names()[number];
        }

        @Override
        protected @Nullable Instant touchedAt(int number) {
            var from = new PackedBytes.Reader(attributes, starts[number]);
            int flags = (int) from.number();
            from.skip();
            from.skip();
            from.skip();
            var created = (flags & CREATED) == 0 ? null : from.time();
            return (flags & USED) == 0 ? created : from.time();
        }

        @Override
        public CacheRecord record(int number) {
            var record = made[number];
            if (record == null) {
                record = read(number, new PackedBytes.Reader(attributes, starts[number]));
                made[number] = record;
            }
            return record;
        }

        private CacheRecord read(int number, PackedBytes.Reader from) {
            int first = (int) from.number();
            var kind = kinds[first >> FLAG_BITS];
            int text = (int) from.number();
            var size = new ByteSize(from.number());
            long uses = from.number();
            var created = (first & CREATED) == 0 ? null : from.time();
            var used = (first & USED) == 0 ? null : from.time();
            return kind.withTexts(id(number), kind.type(), parents(from), texts == null ? "" : texts[text])
                    .withFigures(kind.inUse(), size, created, used, uses);
        }

        private List<String> parents(PackedBytes.Reader from) {
            var parents = new String[(int) from.number()];
            for (int i = 0; i < parents.length; i++) {
                int number = (int) from.number();
                parents[i] = number == 0 ? from.text() : id(number - 1);
            }
            return List.of(parents);
        }
    }
}
