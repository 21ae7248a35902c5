package dev.cachewarden.simulator.grpc;

import com.google.protobuf.Timestamp;
import dev.cachewarden.engine.buildkit.wire.DiskUsageResponse;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.simulator.cache.RecordView;
import dev.cachewarden.simulator.state.EngineState;
import dev.cachewarden.simulator.state.Fault.Lie;
import java.time.Instant;

/** Records as gRPC carries them. */
final class UsageRecords {

    /** Go's zero time in seconds since 1970: the first of January of year 1. */
    private static final long YEAR_ONE = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();

    private UsageRecords() {}

    static void addTo(DiskUsageResponse.Builder response, RecordView record, EngineState engine) {
        var reported = basics(record, engine)
                .setRecordType(engine.lies(Lie.UNKNOWN_TYPES) ? "quantum.foam" : record.type())
                .setShared(record.shared());
        if (engine.lies(Lie.MISSING_KEYS)) {
            reported.clearId().clearRecordType();
        }
        response.addRecord(reported);
        if (engine.lies(Lie.REPEATED_IDS)) {
            response.addRecord(reported);
        }
    }

    /** As a prune tells it: without its type, and never shared. */
    static UsageRecord pruned(RecordView record, EngineState engine) {
        return basics(record, engine).build();
    }

    private static UsageRecord.Builder basics(RecordView record, EngineState engine) {
        boolean yearOne = engine.lies(Lie.YEAR_ONE);
        boolean outOfRange = engine.lies(Lie.NUMBERS_OUT_OF_RANGE);
        var reported = UsageRecord.newBuilder()
                .setId(record.id())
                .setMutable(record.mutable())
                .setInUse(record.inUse())
                .setSize(outOfRange ? -1 : record.size())
                .setUsageCount(outOfRange ? -5 : record.usageCount())
                .setDescription(record.description())
                .setCreatedAt(yearOne ? yearOne() : timestamp(record.createdAt()));
        if (record.lastUsedAt() != null) {
            reported.setLastUsedAt(yearOne ? yearOne() : timestamp(record.lastUsedAt()));
        }
        if (!engine.generation().oneParent()) {
            reported.addAllParents(record.parents());
        } else if (!record.parents().isEmpty()) {
            reported.setParent(record.parents().getFirst());
        }
        return reported;
    }

    private static Timestamp yearOne() {
        return Timestamp.newBuilder().setSeconds(YEAR_ONE).build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
