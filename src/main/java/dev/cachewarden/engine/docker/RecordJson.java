package dev.cachewarden.engine.docker;

import com.ethlo.time.ITU;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.BuilderTime;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one record of {@code BuildCache} or {@code BuildCacheUsage.Items}. */
final class RecordJson {

    private @Nullable String id;
    private @Nullable String type;
    private List<String> parents = List.of();
    private @Nullable String description;
    private @Nullable Boolean inUse;
    private @Nullable Boolean shared;
    private @Nullable Long size;
    private @Nullable Instant createdAt;
    private @Nullable Instant lastUsedAt;
    private long usageCount;
    private String field = "";

    static CacheRecord read(Json json) throws IOException {
        var record = new RecordJson();
        json.object("a cache record", name -> record.field(name, json));
        return record.finished();
    }

    private void field(String name, Json json) throws IOException {
        // Error messages use toString of this object as the name of the field. To build that text for each field would
        // cost more than the parsing.
        field = name;
        switch (name) {
            case "ID" -> id = json.text(this);
            case "Type" -> type = json.text(this);
            // Engines 23.0 to 29.7 send the key with a leading space, because of a typo in a struct tag of moby.
            case " Parents", "Parents" ->
                parents = json.texts(this, json.limits().maxParents(), "max-parents");
            case "Parent" -> parents = parent(json.text(this));
            case "Description" -> description = json.text(this);
            case "InUse" -> inUse = json.flag(this);
            case "Shared" -> shared = json.flag(this);
            case "Size" -> size = json.count(this);
            case "CreatedAt" -> createdAt = time(json.text(this));
            case "LastUsedAt" -> lastUsedAt = time(json.text(this));
            case "UsageCount" -> usageCount = json.count(this);
            default -> json.skip();
        }
    }

    private List<String> parent(@Nullable String parent) {
        // An answer may contain both; the list has more information.
        return parent == null || parent.isEmpty() || !parents.isEmpty() ? parents : List.of(parent);
    }

    private CacheRecord finished() throws BadAnswerException {
        if (id == null || id.isBlank()) {
            throw new BadAnswerException("a cache record has no ID");
        }
        return new CacheRecord(
                id,
                new RecordType(type == null ? "" : type),
                parents,
                description == null ? "" : description,
                required("InUse", inUse),
                required("Shared", shared),
                null,
                new ByteSize(required("Size", size)),
                createdAt,
                lastUsedAt,
                usageCount);
    }

    private <T> T required(String name, @Nullable T value) throws BadAnswerException {
        if (value == null) {
            throw new BadAnswerException("cache record " + id + " has no " + name);
        }
        return value;
    }

    private @Nullable Instant time(@Nullable String text) throws BadAnswerException {
        try {
            return text == null
                    ? null
                    : BuilderTime.plausible(ITU.parseDateTime(text).toInstant());
        } catch (DateTimeException e) {
            throw new BadAnswerException(this + " is not a time: " + text);
        }
    }

    /** Returns the name of the current field, for messages. */
    @Override
    public String toString() {
        return field.strip() + " of " + (id == null ? "a cache record" : "cache record " + id);
    }
}
