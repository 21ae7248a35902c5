package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is stored of the caches over time. */
public interface UsageHistory {

    /** The last reading of each builder that ever was read. */
    Map<BuilderId, UsageSample> latest();

    Optional<UsageSample> latest(BuilderId builder);

    /**
     * Usage over time, oldest first, in about as many samples as asked for: readings where the time is short, else means; their
     * spans grow towards the past where the finer ones are no longer kept.
     *
     * @param from inclusive
     * @param until exclusive
     */
    List<UsageSample> series(BuilderId builder, Instant from, Instant until, int points);

    /** The records of the last reading; empty if the builder was never read. */
    Optional<CacheSnapshot> snapshot(BuilderId builder);

    /** How much there was of each description in the last reading; empty if the builder was never read. */
    Map<String, Amount> byDescription(BuilderId builder);

    /**
     * A part of the list that a query makes.
     *
     * @param after cursor from the part before; null: from the start
     * @param limit from 1 to 1,000
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor is not one of this list's
     */
    Page<RecordLife> records(RecordQuery query, @Nullable String after, int limit);

    /** Sums over the whole list that a query makes. */
    CacheUsage sum(RecordQuery query);

    /** The same for several queries at a time, which costs less than one after the other. */
    default List<CacheUsage> sums(List<RecordQuery> queries) {
        return queries.stream().map(this::sum).toList();
    }

    /** Hands over the whole list in order, a few at a time, whatever its length. */
    void forEach(RecordQuery query, Consumer<RecordLife> sink);

    Optional<RecordLife> record(BuilderId builder, String recordId);

    /** Uses seen of one record, newest first. */
    List<RecordUse> uses(BuilderId builder, String recordId, int limit);

    /**
     * The records that were there at some time since, and their uses since; as far back as both are kept.
     *
     * @param from inclusive
     */
    Past past(BuilderId builder, Instant from);

    /**
     * Stores that a run of ours says it deleted these records. The next reading without them tells them gone by that run; one that was
     * taken since and still has them means that they were not deleted after all. To be told before the cache is read again.
     *
     * @param at when the builder reported the last of them deleted
     */
    void markPruned(BuilderId builder, long runId, Collection<String> recordIds, Instant at);

    /**
     * Records that went and of which nobody has said why, by the reading that showed it, oldest first. Without those that a build held
     * when they were last read: builds make records for themselves that go when they end.
     *
     * @param after only readings after this; null: all that are remembered
     */
    List<Disappearance> disappearances(BuilderId builder, @Nullable Instant after);

    /** The last reading of each builder that showed anything gone, for whatever reason. */
    Map<BuilderId, Instant> lastGone();

    /** Stores that the records of a disappearance fell to somebody else's prune. */
    void markExternal(BuilderId builder, Instant goneAt);

    /**
     * Records that went between two readings.
     *
     * @param since the last reading with them; null: not kept any more
     * @param at the first without them
     */
    record Disappearance(@Nullable Instant since, Instant at, Amount amount) {}

    /**
     * A use that was seen.
     *
     * @param seenAt the reading that showed it
     * @param usedAt as the builder tells it; null where it does not
     */
    record RecordUse(Instant seenAt, @Nullable Instant usedAt, long usageCount) {}

    /** How old a reading may be before it counts as stale: three poll intervals. */
    static Duration staleAfter(Duration pollInterval) {
        return pollInterval.multipliedBy(3);
    }
}
