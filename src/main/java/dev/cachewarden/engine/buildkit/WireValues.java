package dev.cachewarden.engine.buildkit;

import com.google.protobuf.Timestamp;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.buildkit.wire.GCPolicy;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.buildkit.wire.WorkerRecord;
import dev.cachewarden.engine.connection.BuilderTime;
import dev.cachewarden.host.GcPolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes our values of BuildKit's messages; what cannot be is a {@link BadMessageException}. */
final class WireValues {

    private WireValues() {}

    static CacheRecord record(UsageRecord wire) {
        if (wire.getId().isBlank()) {
            throw new BadMessageException("a cache record has no id");
        }
        String of = " of cache record " + wire.getId();
        return new CacheRecord(
                wire.getId(),
                new RecordType(wire.getRecordType()),
                parents(wire),
                wire.getDescription(),
                wire.getInUse(),
                wire.getShared(),
                wire.getMutable(),
                size("size" + of, wire.getSize()),
                wire.hasCreatedAt() ? time("created_at" + of, wire.getCreatedAt()) : null,
                wire.hasLastUsedAt() ? time("last_used_at" + of, wire.getLastUsedAt()) : null,
                count("usage_count" + of, wire.getUsageCount()));
    }

    /** Up to BuildKit 0.9 one parent in a field of its own, later a list. */
    private static List<String> parents(UsageRecord wire) {
        if (wire.getParentsCount() > 0) {
            return wire.getParentsList();
        }
        return wire.getParent().isEmpty() ? List.of() : List.of(wire.getParent());
    }

    static WorkerAnswer worker(WorkerRecord wire) {
        String version = wire.hasBuildkitVersion() ? wire.getBuildkitVersion().getVersion() : "";
        return new WorkerAnswer(
                wire.getId(),
                wire.getLabelsMap(),
                version.isBlank() ? null : version,
                wire.getGcPolicyList().stream().map(WireValues::gcPolicy).toList());
    }

    private static GcPolicy gcPolicy(GCPolicy wire) {
        return new GcPolicy(
                wire.getAll(),
                wire.getFiltersList(),
                Duration.ofNanos(count("keep_duration of a GC policy", wire.getKeepDuration())),
                size("reserved_space of a GC policy", wire.getReservedSpace()),
                size("max_used_space of a GC policy", wire.getMaxUsedSpace()),
                size("min_free_space of a GC policy", wire.getMinFreeSpace()));
    }

    static ByteSize size(String what, long bytes) {
        return new ByteSize(count(what, bytes));
    }

    private static long count(String what, long value) {
        if (value < 0) {
            throw new BadMessageException(what + " is " + value + ", which is out of range");
        }
        return value;
    }

    private static @Nullable Instant time(String what, Timestamp wire) {
        try {
            return BuilderTime.plausible(Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos()));
        } catch (DateTimeException | ArithmeticException e) {
            throw new BadMessageException(what + " is " + wire.getSeconds() + " s, which is out of range");
        }
    }
}
