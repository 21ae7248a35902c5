package dev.cachewarden.engine.buildkit;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.engine.buildkit.DrainedCall.BacklogException;
import dev.cachewarden.engine.buildkit.DrainedCall.SilenceException;
import dev.cachewarden.engine.buildkit.DrainedCall.WhenFull;
import dev.cachewarden.engine.buildkit.wire.ControlGrpc;
import dev.cachewarden.engine.buildkit.wire.PruneRequest;
import dev.cachewarden.engine.buildkit.wire.UsageRecord;
import dev.cachewarden.engine.pruning.PrunedRecord;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A call of {@code Control/Prune} by exact IDs. */
final class PruneCall {

    static final String ENDPOINT = "Control/Prune";

    private final PruneRequest request;
    private final Duration within;
    private final Duration idle;
    private final EngineLimits limits;
    private final GrpcFailures failures;

    PruneCall(List<String> recordIds, Duration within, EngineSettings settings, GrpcFailures failures) {
        if (recordIds.isEmpty()) {
            // Without a filter, BuildKit prunes everything.
            throw new IllegalArgumentException("A prune must name at least one record; nothing was sent");
        }
        var filters = PruneRequest.newBuilder();
        for (String id : recordIds) {
            if (!CacheRecord.isBuildKitId(id)) {
                throw new IllegalArgumentException("'" + id + "' is not a cache record ID; nothing was sent");
            }
            filters.addFilter("id==" + id);
        }
        // Internal, frontend, and shared records are in the list only if they were selected on purpose.
        this.request = filters.setAll(true).build();
        this.within = within;
        this.idle = settings.pruneIdleTimeout();
        this.limits = settings.limits();
        this.failures = failures;
    }

    /** Runs the call to its end, and reports records on the calling thread. */
    void run(Channel channel, Consumer<PrunedRecord> onPruned) {
        try (var call = DrainedCall.start(channel, ControlGrpc.getPruneMethod(), request, within, WhenFull.GO_ON)) {
            for (var gone = call.next(idle); gone != null; gone = call.next(idle)) {
                onPruned.accept(pruned(gone));
            }
        } catch (SilenceException e) {
            throw failures.plain().timeout(ENDPOINT, idle);
        } catch (BacklogException e) {
            // A correct builder reports each named record once, so it cannot exceed the backlog.
            throw failures.plain()
                    .badAnswer(ENDPOINT, e.getMessage() + "; " + e.left() + " reported records were discarded", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.plain().interrupted(ENDPOINT);
        }
    }

    private PrunedRecord pruned(UsageRecord record) {
        WireTypes.requireKnown(record, " of a pruned record");
        return new PrunedRecord(
                RecordIntake.id("the id of a pruned record", record.getId(), limits),
                WireValues.size("size of a pruned record", record.getSize()));
    }
}
