package dev.cachewarden.traces;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory.RecordUse;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What readings of a cache leave to remember: when each record came, was used, and went. */
final class ObservedCache {

    private final Map<String, RecordLife> lives = new LinkedHashMap<>();
    private final Map<String, List<RecordUse>> uses = new HashMap<>();

    void read(List<CacheRecord> records, Instant at) {
        for (var record : records) {
            var before = lives.get(record.id());
            if (record.usageCount() > (before == null ? 0 : before.record().usageCount())) {
                uses.computeIfAbsent(record.id(), any -> new ArrayList<>())
                        .add(new RecordUse(at, record.lastUsedAt(), record.usageCount()));
            }
            lives.put(record.id(), life(record, before == null ? at : before.firstSeenAt(), at, null));
        }
        Set<String> there = records.stream().map(CacheRecord::id).collect(Collectors.toSet());
        lives.replaceAll((id, life) -> there.contains(id) || life.missingSince() != null
                ? life
                : life(life.record(), life.firstSeenAt(), life.changedAt(), at));
    }

    private static RecordLife life(
            CacheRecord record, Instant firstSeenAt, Instant changedAt, @Nullable Instant missingSince) {
        return new RecordLife(new BuilderId(1), record, firstSeenAt, changedAt, missingSince, null, null);
    }

    Past past() {
        return new Past(List.copyOf(lives.values()), uses);
    }
}
