package dev.cachewarden.engine;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.text.CleanText;
import dev.cachewarden.text.Secrets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sanitizes all cache records that engines send to Cachewarden: enforces limits, cleans texts, and redacts secrets in descriptions. Each
 * instance handles one reading.
 */
public final class RecordIntake {

    private static final int LONGEST_TYPE = 64;

    /**
     * The maximum number of parents per record on average. Most records have one parent, and short IDs of parents need many times their
     * size in memory.
     */
    private static final int PARENTS_OF_A_RECORD = 5;

    private final EngineLimits limits;
    private final Map<String, CacheRecord> records = new LinkedHashMap<>();
    private long parents;

    public RecordIntake(EngineLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a record that the engine sent.
     *
     * @throws BadMessageException if it exceeds a limit, or an earlier record has the same ID
     */
    public void add(CacheRecord sent) {
        if (records.size() >= limits.maxRecords()) {
            throw new BadMessageException(
                    EngineLimits.exceeded("more than " + limits.maxRecords() + " cache records", "max-records"));
        }
        String id = id("the id of a cache record", sent.id(), limits);
        if (records.put(id, cleaned(id, sent)) != null) {
            throw new BadMessageException("cache record " + id + " is listed twice");
        }
    }

    private CacheRecord cleaned(String id, CacheRecord sent) {
        String type = CleanText.line(sent.type().name(), LONGEST_TYPE);
        var distinctParents = parents(id, sent.parents());
        String description = description(sent.description());
        boolean unchanged = type.equals(sent.type().name())
                && distinctParents.size() == sent.parents().size()
                && description.equals(sent.description());
        return unchanged ? sent : sent.withTexts(id, new RecordType(type), distinctParents, description);
    }

    private List<String> parents(String id, List<String> sent) {
        if (sent.size() > limits.maxParents()) {
            throw new BadMessageException(EngineLimits.exceeded(
                    "more than " + limits.maxParents() + " parents of cache record " + id, "max-parents"));
        }
        parents += sent.size();
        if (parents > (long) PARENTS_OF_A_RECORD * limits.maxRecords()) {
            throw new BadMessageException("its records have more parents in total than " + PARENTS_OF_A_RECORD
                    + " x cachewarden.engine.limits.max-records");
        }
        for (String parent : sent) {
            id(() -> "the id of a parent of cache record " + id, parent, limits);
        }
        return sent.size() < 2 ? sent : sent.stream().distinct().toList();
    }

    /** Redacts a description before it truncates it, because half of a secret does not look like one. */
    private String description(String sent) {
        String clean = CleanText.of(sent);
        String redacted = Secrets.redact(clean);
        boolean finished = redacted.equals(clean) && clean.length() <= limits.maxTextLength();
        return finished ? clean : CleanText.of(redacted, limits.maxTextLength());
    }

    /** Returns the records so far, in their order of arrival. */
    public Collection<CacheRecord> records() {
        return records.values();
    }

    /**
     * Checks an ID.
     *
     * @param what name of the ID, for messages
     * @throws BadMessageException if the ID is blank, too long, or contains control characters
     */
    public static String id(String what, String id, EngineLimits limits) {
        return id(() -> what, id, limits);
    }

    private static String id(Supplier<String> what, String id, EngineLimits limits) {
        if (id.isBlank()) {
            throw new BadMessageException(what.get() + " is blank");
        }
        if (id.length() > limits.maxIdLength()) {
            throw new BadMessageException(what.get() + " is longer than " + limits.maxIdLength()
                    + " characters (cachewarden.engine.limits.max-id-length)");
        }
        if (!CleanText.isCleanLine(id)) {
            throw new BadMessageException(what.get() + " contains control characters");
        }
        return id;
    }
}
