package dev.cachewarden.engine.route;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.EngineLimits;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.connection.BadMessageException;
import dev.cachewarden.engine.connection.Failures;
import dev.cachewarden.engine.connection.RecordIntake;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PruneReport.Method;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Deletes records by exact ids: many a call over gRPC, else one a call over HTTP. */
final class ExactPruner implements BuildCachePruner {

    /** About a second of work for an engine, so that an order can be stopped in between. */
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

    /** One order being carried out. */
    private final class Run {

        private final PruneOrder order;
        private final Consumer<PrunedRecord> onPruned;
        private final Failures failures;
        private final long startNanos = System.nanoTime();
        private final List<PrunedRecord> pruned = new ArrayList<>();
        private long reclaimed;

        Run(PruneOrder order, Consumer<PrunedRecord> onPruned) {
            this.order = order;
            this.onPruned = onPruned;
            this.failures = new Failures(order.connection());
        }

        void checkEngine() {
            String found = engineId();
            if (!found.equals(order.engineId())) {
                throw failures.trouble(
                        Trouble.Cause.DIFFERENT_ENGINE,
                        failures.who() + " is now engine " + found + ", not " + order.engineId()
                                + " that was registered; nothing was deleted",
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
                    reclaimed += record.size() == null ? 0 : record.size().bytes();
                    tell(record);
                });
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
                            .forEach(gone -> tell(new PrunedRecord(
                                    prunedId(gone), one ? new ByteSize(answer.spaceReclaimed()) : null)));
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

        /** A report of what is gone must not be lost to sizes that no disk can hold. */
        private void add(long bytes) {
            reclaimed = reclaimed > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : reclaimed + bytes;
        }

        private void tell(PrunedRecord record) {
            if (pruned.size() >= settings.limits().maxRecords()) {
                throw failures.badAnswer(
                        "the prune",
                        EngineLimits.exceeded(
                                "reports of more than " + settings.limits().maxRecords() + " records", "max-records"),
                        null);
            }
            pruned.add(record);
            onPruned.accept(record);
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
