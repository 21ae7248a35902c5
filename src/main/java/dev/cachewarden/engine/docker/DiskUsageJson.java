package dev.cachewarden.engine.docker;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.RecordIntake;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the build cache from {@code /system/df} in each of its formats. Up to API 1.51, {@code BuildCache} contains all records. Since
 * 1.52, {@code BuildCacheUsage.Items} contains them with {@code verbose=1}. A missing list is an unreadable answer, never an empty cache.
 */
final class DiskUsageJson {

    private final ApiVersion version;
    private @Nullable Collection<CacheRecord> legacy;
    private @Nullable Collection<CacheRecord> items;
    private boolean hasUsage;
    private long hasCount;

    private DiskUsageJson(ApiVersion version) {
        this.version = version;
    }

    static List<CacheRecord> read(Json json, ApiVersion version) throws IOException {
        var usage = new DiskUsageJson(version);
        try (json) {
            json.root(name -> usage.field(name, json));
        }
        return List.copyOf(usage.records());
    }

    private void field(String name, Json json) throws IOException {
        switch (name) {
            case "BuildCache" -> {
                legacy = records(name, json);
                // Engines up to 20.10 send null for an empty list; later ones send null for parts that were not
                // requested.
                if (legacy == null && !version.readsBuildCacheAlone()) {
                    legacy = List.of();
                }
            }
            case "BuildCacheUsage" -> {
                hasUsage = true;
                json.object(name, inner -> usageField(inner, json));
            }
            default -> json.skip();
        }
    }

    private void usageField(String name, Json json) throws IOException {
        switch (name) {
            case "Items" -> items = records(name, json);
            case "TotalCount" -> hasCount = json.count("TotalCount of BuildCacheUsage");
            default -> json.skip();
        }
    }

    private static @Nullable Collection<CacheRecord> records(String what, Json json) throws IOException {
        var records = new RecordIntake(json.limits());
        boolean listed = json.array(what, () -> records.add(RecordJson.read(json)));
        return listed ? records.records() : null;
    }

    private Collection<CacheRecord> records() throws BadAnswerException {
        if (!hasUsage) {
            if (legacy != null) {
                return legacy;
            }
            String key = version.compareTo(ApiVersion.DF_VERBOSE) < 0 ? "BuildCache" : "BuildCacheUsage";
            throw new BadAnswerException(key + " is missing, so the build cache is unknown");
        }
        // Since 1.52, an empty cache is {"BuildCacheUsage":{}}: the engine omits each member that is zero.
        Collection<CacheRecord> reported = items == null ? List.of() : items;
        if (reported.size() != hasCount) {
            throw new BadAnswerException(
                    "BuildCacheUsage reports " + hasCount + " records, but lists " + reported.size());
        }
        return reported;
    }
}
