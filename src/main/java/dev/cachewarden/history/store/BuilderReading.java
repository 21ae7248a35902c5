package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.text.CleanText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reading of a builder in its stored form, which is also the form for comparisons. Times are in microseconds, as in the database. Texts
 * contain no NUL, which the database cannot store.
 *
 * @param took time from the request to the response
 * @param records records by id
 * @param fingerprint hash of all records
 * @param usage sums of all records
 */
public record BuilderReading(
        HostId host,
        BuilderId builder,
        Instant takenAt,
        Duration took,
        Map<String, CacheRecord> records,
        UUID fingerprint,
        CacheUsage usage) {

    /** 64 PiB. No disk is that large. Sums over a fleet stay within a long, even if one host reports wrong sizes. */
    private static final long MOST_BYTES = 1L << 56;

    /** The maximum length that the database indexes allow; the ids of BuildKit have 25 characters. */
    private static final int LONGEST_ID = 128;

    // No builder can have created a date outside of this range, and the database cannot store all of them.
    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    /**
     * Converts the records of a reading to this form.
     *
     * @throws IllegalArgumentException if the records are impossible, with a message for the user
     */
    public static BuilderReading of(
            HostId host, BuilderId builder, Instant takenAt, Duration took, Collection<CacheRecord> read) {
        var records = LinkedHashMap.<String, CacheRecord>newLinkedHashMap(read.size());
        long bytes = 0;
        for (var record : read) {
            if (record.id().length() > LONGEST_ID) {
                throw new IllegalArgumentException(
                        "A record ID has " + record.id().length() + " characters");
            }
            var stored = stored(record);
            if (records.put(stored.id(), stored) != null) {
                throw new IllegalArgumentException("Record " + stored.id() + " is listed twice");
            }
            bytes += Math.min(stored.size().bytes(), MOST_BYTES);
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "The sizes add up to more than 64 PiB, which is larger than any disk");
            }
        }
        return new BuilderReading(
                host,
                builder,
                micros(takenAt),
                took,
                records,
                Fingerprint.of(records.values()),
                CacheUsage.of(records.values()));
    }

    /** Returns the time of the request. The reading is certain to include all changes before this time. */
    Instant startedAt() {
        return takenAt.minus(took);
    }

    public CacheSnapshot snapshot() {
        return new CacheSnapshot(builder, takenAt, List.copyOf(records.values()));
    }

    /** Returns the event to publish after the reading is stored. */
    public RecordsRead read() {
        return new RecordsRead(builder, takenAt, fingerprint, records.values());
    }

    private static CacheRecord stored(CacheRecord record) {
        var created = microsOrNull(record.createdAt());
        var used = microsOrNull(record.lastUsedAt());
        return cleaned(record).withFigures(record.inUse(), record.size(), created, used, record.usageCount());
    }

    /** Sanitizes the texts of a record. Most are already clean, because engines send records through {@code RecordIntake}. */
    private static CacheRecord cleaned(CacheRecord record) {
        boolean clean = CleanText.isClean(record.id())
                && CleanText.isClean(record.type().name())
                && CleanText.isClean(record.description())
                && record.parents().stream().allMatch(CleanText::isClean);
        return clean
                ? record
                : record.withTexts(
                        CleanText.of(record.id()),
                        new RecordType(CleanText.of(record.type().name())),
                        record.parents().stream().map(CleanText::of).toList(),
                        CleanText.of(record.description()));
    }

    private static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    private static @Nullable Instant microsOrNull(@Nullable Instant time) {
        return time == null || time.isBefore(YEAR_1) || !time.isBefore(YEAR_10000) ? null : micros(time);
    }
}
