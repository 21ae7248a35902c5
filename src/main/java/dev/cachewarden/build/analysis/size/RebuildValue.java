package dev.cachewarden.build.analysis.size;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it is worth to keep cache records: how long it takes to make one again, times how often it can be expected to be used, for each byte
 * it takes. Those of the least worth go first.
 */
public final class RebuildValue {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    private final Instant now;
    private final Duration halfLife;

    /** Of those records whose cost is known, the median of seconds for each byte. */
    private final double usualSecondsAByte;

    /**
     * A record that could go.
     *
     * @param uses how often it was used since it was made, without the making
     * @param lastUsedAt null: never since it was made
     * @param rebuild how long it takes to make it again; null where that is not known: then it is taken to cost what others do by size
     */
    public record Candidate(
            String id,
            ByteSize size,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            long uses,
            @Nullable Duration rebuild) {

        Instant touched() {
            return lastUsedAt == null || lastUsedAt.isBefore(createdAt) ? createdAt : lastUsedAt;
        }
    }

    private RebuildValue(Instant now, Duration halfLife, double usualSecondsAByte) {
        this.now = now;
        this.halfLife = halfLife;
        this.usualSecondsAByte = usualSecondsAByte;
    }

    /**
     * The worth of records to each other.
     *
     * @param halfLife after how long without use a record is expected to be used half as often
     */
    public static RebuildValue among(Collection<Candidate> records, Instant now, Duration halfLife) {
        if (halfLife.isZero() || halfLife.isNegative()) {
            throw new IllegalArgumentException("The expectation of use must take some time to halve, not " + halfLife);
        }
        double[] known = records.stream()
                .filter(record -> record.rebuild() != null)
                .mapToDouble(record -> seconds(record.rebuild()) / bytes(record))
                .sorted()
                .toArray();
        return new RebuildValue(now, halfLife, known.length == 0 ? 1 : known[known.length / 2]);
    }

    /**
     * The worth of records to each other, where the half-life follows from them: half of the time for which half of them have not been used.
     * In a cache that is much too small records stay but briefly, and what was not used for a day will hardly be; in a large one it may well.
     */
    public static RebuildValue among(Collection<Candidate> records, Instant now) {
        var idle = records.stream()
                .map(record -> Duration.between(record.touched(), now))
                .sorted()
                .toList();
        var half = idle.isEmpty() ? SHORTEST : idle.get(idle.size() / 2).dividedBy(2);
        return among(records, now, half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }

    private static double seconds(@Nullable Duration duration) {
        return duration == null ? 0 : duration.toMillis() / 1_000.0;
    }

    /** Records without size free nothing; as if each took some bytes of administration. */
    private static double bytes(Candidate record) {
        return Math.max(4_096, record.size().bytes());
    }

    /** Seconds of building that one byte of it can be expected to save in a day. */
    public double of(Candidate record) {
        double cost = record.rebuild() == null ? usualSecondsAByte * bytes(record) : seconds(record.rebuild());
        return cost * usesADay(record) / bytes(record);
    }

    /**
     * Uses over the time it was there, halved for each half-life since the last. One that was made just now counts as used once in a
     * half-life: what it will be good for nobody knows yet.
     */
    private double usesADay(Candidate record) {
        double there = Math.max(0, Duration.between(record.createdAt(), now).toSeconds()) / SECONDS_A_DAY;
        double idle = Math.max(0, Duration.between(record.touched(), now).toSeconds()) / SECONDS_A_DAY;
        double half = halfLife.toSeconds() / SECONDS_A_DAY;
        return (record.uses() + 1) / (there + half) * Math.pow(0.5, idle / half);
    }

    /** The order in which to delete: least worth first, then longest unused, then by id. */
    public List<Candidate> cheapestFirst(Collection<Candidate> records) {
        Map<String, Double> worth = new HashMap<>();
        records.forEach(record -> worth.put(record.id(), of(record)));
        return records.stream()
                .sorted(Comparator.<Candidate>comparingDouble(record -> worth.getOrDefault(record.id(), 0.0))
                        .thenComparing(Candidate::touched)
                        .thenComparing(Candidate::id))
                .toList();
    }
}
