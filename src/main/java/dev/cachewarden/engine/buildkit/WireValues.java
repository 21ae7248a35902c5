package dev.cachewarden.engine.buildkit;

import com.google.protobuf.Timestamp;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.BuilderTime;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.engine.buildkit.wire.BuildkitVersion;
import dev.cachewarden.engine.buildkit.wire.GCPolicy;
import dev.cachewarden.engine.buildkit.wire.ListWorkersResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.buildkit.wire.WorkerRecord;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.text.CleanText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts BuildKit's messages to domain values. Impossible values cause a {@link BadMessageException}. */
final class WireValues {

    private static final String SNAPSHOTTER = "org.mobyproject.buildkit.worker.snapshotter";
    private static final int LONGEST_NAME = 64;

    /**
     * The maximum number of GC policies and filters, for all workers together. BuildKit's defaults are four policies with a few filters for
     * each worker.
     */
    private static final int MOST_GC_POLICIES = 300;

    private static final int LONGEST_FILTER = 256;

    private WireValues() {}

    static CacheRecord record(UsageRecord wire, EngineLimits limits) {
        String id = RecordIntake.id("the id of a cache record", wire.getId(), limits);
        String of = " of cache record " + id;
        WireTypes.requireKnown(wire, of);
        WireTypes.requireKnown(wire.getCreatedAt(), of);
        WireTypes.requireKnown(wire.getLastUsedAt(), of);
        return new CacheRecord(
                id,
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

    /** Returns the parents. BuildKit up to 0.9 sends one parent in a separate field, later versions send a list. */
    private static List<String> parents(UsageRecord wire) {
        if (wire.getParentsCount() > 0) {
            return wire.getParentsList();
        }
        return wire.getParent().isEmpty() ? List.of() : List.of(wire.getParent());
    }

    static List<WorkerAnswer> workers(ListWorkersResponse wire, EngineLimits limits) {
        WireTypes.requireKnown(wire, "");
        if (wire.getRecordCount() > limits.maxWorkers()) {
            throw new BadMessageException(
                    EngineLimits.exceeded("more than " + limits.maxWorkers() + " workers", "max-workers"));
        }
        long policies = wire.getRecordList().stream()
                .flatMap(worker -> worker.getGcPolicyList().stream())
                .mapToLong(policy -> 1 + policy.getFiltersCount())
                .sum();
        if (policies > MOST_GC_POLICIES) {
            throw new BadMessageException("it has more than " + MOST_GC_POLICIES + " GC policies and filters");
        }
        return wire.getRecordList().stream()
                .map(worker -> worker(worker, limits))
                .toList();
    }

    private static WorkerAnswer worker(WorkerRecord wire, EngineLimits limits) {
        String version = wire.hasBuildkitVersion() ? version(wire.getBuildkitVersion()) : "";
        WireTypes.requireKnown(wire, " of a worker");
        String snapshotter = wire.getLabelsMap().get(SNAPSHOTTER);
        return new WorkerAnswer(
                RecordIntake.id("the id of a worker", wire.getId(), limits),
                snapshotter == null ? null : CleanText.line(snapshotter, LONGEST_NAME),
                version.isBlank() ? null : version,
                wire.getGcPolicyList().stream().map(WireValues::gcPolicy).toList());
    }

    static String version(BuildkitVersion wire) {
        return CleanText.line(wire.getVersion(), LONGEST_NAME);
    }

    private static GcPolicy gcPolicy(GCPolicy wire) {
        WireTypes.requireKnown(wire, " of a GC policy");
        return new GcPolicy(
                wire.getAll(),
                filters(wire),
                Duration.ofNanos(count("keep_duration of a GC policy", wire.getKeepDuration())),
                size("reserved_space of a GC policy", wire.getReservedSpace()),
                size("max_used_space of a GC policy", wire.getMaxUsedSpace()),
                size("min_free_space of a GC policy", wire.getMinFreeSpace()));
    }

    private static List<String> filters(GCPolicy wire) {
        return wire.getFiltersList().stream()
                .map(filter -> CleanText.line(filter, LONGEST_FILTER))
                .toList();
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
