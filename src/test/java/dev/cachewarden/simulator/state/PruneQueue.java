package dev.cachewarden.simulator.state;

import dev.cachewarden.simulator.cache.PruneOptions;
import dev.cachewarden.simulator.cache.Pruning;
import dev.cachewarden.simulator.cache.RecordView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the prunes of one engine one after the other, as BuildKit does: a second caller waits for the first to end. */
public final class PruneQueue {

    private final EngineState engine;
    private final ScheduledExecutorService loop;
    private final Deque<Run> waiting = new ArrayDeque<>();

    PruneQueue(EngineState engine, ScheduledExecutorService loop) {
        this.engine = engine;
        this.loop = loop;
    }

    /** Who asked for a prune. Called on one thread. */
    public interface Caller {

        /** Whether it takes another record now; if not, {@link Run#resume()} tells when. BuildKit waits meanwhile. */
        boolean ready();

        /** Whether nobody waits for it any more. What is deleted stays deleted, the rest stays. */
        boolean disconnected();

        void deleted(RecordView record);

        void done();

        /** The connection is to be cut now. */
        void cut();
    }

    /**
     * Starts a prune, or has it wait its turn.
     *
     * @throws dev.cachewarden.simulator.cache.RecordFilter.SyntaxException if a filter cannot be read
     */
    public Run start(PruneOptions options, Caller caller) {
        var pruning = new Pruning(engine.cache(), options, engine.generation().pruneRules(), engine.diskFree());
        var run = new Run(pruning, caller);
        loop.execute(() -> enter(run));
        return run;
    }

    private void enter(Run run) {
        waiting.addLast(run);
        if (waiting.size() == 1) {
            run.proceed();
        }
    }

    private void leave(Run run) {
        waiting.remove(run);
        if (!waiting.isEmpty()) {
            waiting.getFirst().proceed();
        }
    }

    /** One prune, waiting, at work or ended. */
    public final class Run {

        private final Pruning pruning;
        private final Caller caller;
        private int deleted;
        private boolean ended;

        private Run(Pruning pruning, Caller caller) {
            this.pruning = pruning;
            this.caller = caller;
        }

        /** The caller takes records again, or went away. */
        public void resume() {
            loop.execute(() -> {
                if (waiting.peekFirst() == this) {
                    proceed();
                }
            });
        }

        private void proceed() {
            if (caller.disconnected()) {
                end();
            }
            while (!ended && caller.ready() && !stalled()) {
                var record = engine.has(Fault.PruneDeletesNothing.class) ? null : pruning.next();
                if (record == null) {
                    end();
                    caller.done();
                    return;
                }
                deleted++;
                caller.deleted(record);
                if (cut() || slow()) {
                    return;
                }
            }
        }

        private boolean stalled() {
            return engine.fault(Fault.StalledPrune.class)
                    .filter(fault -> deleted >= fault.afterRecords())
                    .isPresent();
        }

        private boolean cut() {
            boolean cut = engine.fault(Fault.CutPrune.class)
                    .filter(fault -> deleted >= fault.afterRecords())
                    .isPresent();
            if (cut) {
                end();
                caller.cut();
            }
            return cut;
        }

        private boolean slow() {
            var slow = engine.fault(Fault.SlowPrune.class);
            slow.ifPresent(fault -> {
                var next = loop.schedule(this::proceed, fault.perRecord().toNanos(), TimeUnit.NANOSECONDS);
                assert next != null;
            });
            return slow.isPresent();
        }

        private void end() {
            if (!ended) {
                ended = true;
                leave(this);
            }
        }
    }
}
