package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.connection.BuilderTime;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One record of {@code BuildCache} or {@code BuildCacheUsage.Items}, being read. */
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

    static CacheRecord read(Json json) throws IOException {
        var record = new RecordJson();
        json.object("a cache record", name -> record.field(name, json));
        return record.finished();
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            case "ID" -> id = json.text("ID of a cache record");
            case "Type" -> type = json.text(of(name));
            // Engines 23.0 to 29.7 really send the key with a leading space: a typing mistake in a struct tag of moby.
            case " Parents", "Parents" -> parents = json.texts(of("Parents"));
            case "Parent" -> parents = parent(json.text(of(name)));
            case "Description" -> description = json.text(of(name));
            case "InUse" -> inUse = json.flag(of(name));
            case "Shared" -> shared = json.flag(of(name));
            case "Size" -> size = json.count(of(name));
            case "CreatedAt" -> createdAt = time(of(name), json.text(of(name)));
            case "LastUsedAt" -> lastUsedAt = time(of(name), json.text(of(name)));
            case "UsageCount" -> usageCount = json.count(of(name));
            default -> json.skip();
        }
    }

    private List<String> parent(@Nullable String parent) {
        // Both may come; the list tells more.
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

    private static @Nullable Instant time(String what, @Nullable String text) throws BadAnswerException {
        try {
            return text == null
                    ? null
                    : BuilderTime.plausible(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw new BadAnswerException(what + " is not a time: " + text);
        }
    }

    private String of(String field) {
        return field + " of cache record " + (id == null ? "(ID not told)" : id);
    }
}
