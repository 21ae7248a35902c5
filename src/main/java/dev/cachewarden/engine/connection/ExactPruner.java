package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.BadMessageException;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.engine.RecordIntake;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PruneReport.Method;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deletes records by exact IDs: in batches over gRPC, or one record per call over HTTP. */
final class ExactPruner implements BuildCachePruner {

    /** The number of records per call. An engine needs about a second for them, so an order can be stopped between calls. */
    private static final int BATCH = 500;

    private final EngineSettings settings;
    private final ControlClient control;

    ExactPruner(EngineSettings settings, ControlClient control) {
        this.settings = settings;
        this.control = control;
    }

    @Override
    public PruneReport prune(PruneOrder order, Consumer<PrunedRecord> onPruned) {
        var run = new Run(order, onPruned);
        run.checkEngine();
        boolean overHttp = order.capabilities().control() == ControlAccess.NONE;
        if (overHttp) {
            run.overHttp();
        } else {
            run.overControl();
        }
        return run.report(overHttp ? Method.HTTP_ONE_BY_ONE : Method.CONTROL);
    }

    /** The execution of one order. */
    private final class Run {

        private final PruneOrder order;
        private final Consumer<PrunedRecord> onPruned;
        private final Failures failures;
        private final long startNanos = System.nanoTime();
        private final List<PrunedRecord> pruned = new ArrayList<>();
        private final Set<String> named;
        private final Set<String> reported = new HashSet<>();
        private int reports;
        private long reclaimed;
        private @Nullable String untrue;

        Run(PruneOrder order, Consumer<PrunedRecord> onPruned) {
            this.order = order;
            this.onPruned = onPruned;
            this.failures = new Failures(order.connection());
            this.named = Set.copyOf(order.recordIds());
        }

        void checkEngine() {
            String found = engineId();
            if (!found.equals(order.engineId())) {
                throw failures.problem(
                        HostProblem.Cause.DIFFERENT_ENGINE,
                        failures.who() + " is now engine " + found + " instead of " + order.engineId()
                                + ". Nothing was deleted. If the engine was reinstalled, remove the host and add it"
                                + " again",
                        null);
            }
        }

        private String engineId() {
            if (order.connection().kind() == HostKind.BUILDKITD) {
                return ControlProbe.identity(control.workers(order.connection(), ControlAccess.DIRECT));
            }
            try (var engine = EngineApi.of(order.connection(), settings)) {
                return engine.info(RoutedReader.apiVersion(order.capabilities()))
                        .id();
            }
        }

        void overControl() {
            var ids = order.recordIds();
            for (int from = 0; from < ids.size(); from += BATCH) {
                var batch = ids.subList(from, Math.min(from + BATCH, ids.size()));
                control.prune(order.connection(), order.capabilities().control(), batch, timeLeft(), record -> {
                    add(record.size() == null ? 0 : record.size().bytes());
                    add(record);
                });
                rejectFalseReport();
            }
        }

        void overHttp() {
            var api = RoutedReader.apiVersion(order.capabilities());
            try (var engine = EngineApi.of(order.connection(), settings)) {
                for (String id : order.recordIds()) {
                    var answer = engine.prune(api, id, shorter(timeLeft(), settings.pruneIdleTimeout()));
                    add(answer.spaceReclaimed());
                    boolean one = answer.deleted().size() == 1;
                    answer.deleted()
                            .forEach(gone -> add(new PrunedRecord(
                                    prunedId(gone), one ? new ByteSize(answer.spaceReclaimed()) : null)));
                    rejectFalseReport();
                }
            }
        }

        private String prunedId(String sent) {
            try {
                return RecordIntake.id("the id of a pruned record", sent, settings.limits());
            } catch (BadMessageException e) {
                throw failures.badAnswer("the prune", String.valueOf(e.getMessage()), e);
            }
        }

        private void add(long bytes) {
            if (bytes > EngineLimits.MOST_BYTES - reclaimed) {
                doubt("it reports more than 64 PiB reclaimed, which is larger than any disk");
                return;
            }
            reclaimed += bytes;
        }

        /**
         * Adds each record of the order once. Other reports of the builder end the order later, so that no report of a deleted record is
         * lost.
         */
        private void add(PrunedRecord record) {
            if (++reports > settings.limits().maxRecords()) {
                throw failures.badAnswer(
                        "the prune",
                        EngineLimits.exceeded(
                                "reports of more than " + settings.limits().maxRecords() + " records", "max-records"),
                        null);
            }
            if (!named.contains(record.recordId())) {
                doubt("it reports record " + record.recordId() + " as deleted, which was not requested");
            } else if (reported.add(record.recordId())) {
                var kept = plausible(record);
                pruned.add(kept);
                onPruned.accept(kept);
            }
        }

        /** Stores the first false report. */
        private void doubt(String what) {
            untrue = untrue == null ? what : untrue;
        }

        private static PrunedRecord plausible(PrunedRecord record) {
            return record.size() == null || record.size().bytes() <= EngineLimits.MOST_BYTES
                    ? record
                    : new PrunedRecord(record.recordId(), null);
        }

        /** Ends the order after a false report, because the builder may do other unexpected things. */
        private void rejectFalseReport() {
            if (untrue != null) {
                throw failures.badAnswer("the prune", untrue + "; no further requests were sent", null);
            }
        }

        private Duration timeLeft() {
            var left = settings.pruneTimeout().minus(took());
            if (left.toMillis() <= 0) {
                throw failures.timeout("the prune", settings.pruneTimeout());
            }
            return left;
        }

        private Duration took() {
            return Duration.ofNanos(System.nanoTime() - startNanos);
        }

        private static Duration shorter(Duration one, Duration other) {
            return one.compareTo(other) < 0 ? one : other;
        }

        PruneReport report(Method method) {
            return new PruneReport(pruned, new ByteSize(reclaimed), method, took());
        }
    }
}
