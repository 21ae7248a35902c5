package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stored history of all caches. */
public interface UsageHistory {

    /** Returns the last reading of each builder that was ever read. */
    Map<BuilderId, UsageSample> latest();

    Optional<UsageSample> latest(BuilderId builder);

    /**
     * Returns usage over time, oldest first, in about the given number of samples. A short time range has readings, a longer one has means.
     * The spans of the means grow towards the past, where finer ones are no longer stored.
     *
     * @param from inclusive
     * @param until exclusive
     */
    List<UsageSample> series(BuilderId builder, Instant from, Instant until, int points);

    /** Returns the records of the last reading, or empty if the builder was never read. */
    Optional<CacheSnapshot> snapshot(BuilderId builder);

    /** Returns the number and size of the records by description in the last reading, or an empty map if the builder was never read. */
    Map<String, Amount> byDescription(BuilderId builder);

    /**
     * Returns a page of the list that a query selects.
     *
     * @param after cursor from the previous page, or null for the first page
     * @param limit from 1 to 1,000
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor does not belong to this list
     */
    Page<RecordLife> records(RecordQuery query, @Nullable String after, int limit);

    /** Returns for each of some records that are there how many records build on it. */
    List<Integer> childCounts(List<RecordLife> records);

    /** Returns the sums over the whole list that a query selects. */
    CacheUsage sum(RecordQuery query);

    /** Returns the sums of several queries, which is faster than one call per query. */
    default List<CacheUsage> sums(List<RecordQuery> queries) {
        return queries.stream().map(this::sum).toList();
    }

    /** Passes the whole list to the sink in order. It reads only a few records at a time, so the list can have any length. */
    void forEach(RecordQuery query, Consumer<RecordLife> sink);

    Optional<RecordLife> record(BuilderId builder, String recordId);

    /** Returns the recorded uses of one record, newest first. */
    List<RecordUse> uses(BuilderId builder, String recordId, int limit);

    /**
     * Returns the records that existed at some time since, and their uses since. It covers only the retention of both.
     *
     * @param from inclusive
     */
    Past past(BuilderId builder, Instant from);

    /**
     * Stores that a run of Cachewarden reported these records as deleted. The next reading without them records this run as the cause. If a
     * later reading still has them, they were not deleted. Call this before the cache is read again.
     *
     * @param at when the builder reported the last of these deletions
     */
    void markPruned(BuilderId builder, long runId, Collection<String> recordIds, Instant at);

    /**
     * Returns the deleted records with an unknown cause, grouped by the reading that first missed them, oldest first. It leaves out records
     * that were in use in their last reading: builds create records for their own use, and these disappear when the build ends.
     *
     * @param after only readings after this time, or null for all stored readings
     */
    List<Disappearance> disappearances(BuilderId builder, @Nullable Instant after);

    /** Returns, by builder, the last reading that showed a deletion of any cause. */
    Map<BuilderId, Instant> lastMissing();

    /** Stores that an external prune deleted the records of a disappearance. */
    void markExternal(BuilderId builder, Instant missingSince);

    /**
     * The records that disappeared between two readings.
     *
     * @param since time of the last reading with them, or null if it is no longer stored
     * @param at time of the first reading without them
     */
    record Disappearance(@Nullable Instant since, Instant at, Amount amount) {}

    /**
     * A recorded use of a record.
     *
     * @param seenAt time of the reading that showed the use
     * @param usedAt time of the use as the builder reports it, or null if it does not
     */
    record RecordUse(Instant seenAt, @Nullable Instant usedAt, long usageCount) {}

    /** Returns the age at which a reading counts as stale: three poll intervals. */
    static Duration staleAfter(Duration pollInterval) {
        return pollInterval.multipliedBy(3);
    }
}
