package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.run.execution.RunLedger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A writer that stores the deletions that a builder reports, on a separate thread. A builder holds its lock until its report is read, so it
 * must not wait for a database.
 */
final class OutcomeWriter implements AutoCloseable {

    private static final int MOST_AT_ONCE = 1_000;

    private final RunLedger ledger;
    private final ActiveRun run;
    private final InstantSource clock;
    /** The reported records; an empty element marks the end. */
    private final BlockingQueue<Optional<PrunedRecord>> queue = new LinkedBlockingQueue<>();

    private final CompletableFuture<Void> written;

    private OutcomeWriter(RunLedger ledger, ActiveRun run, InstantSource clock) {
        this.ledger = ledger;
        this.run = run;
        this.clock = clock;
        this.written = CompletableFuture.runAsync(
                this::write,
                task -> Thread.ofVirtual()
                        .name("prune-run-" + run.id() + "-outcomes")
                        .start(task));
    }

    static OutcomeWriter start(RunLedger ledger, ActiveRun run, InstantSource clock) {
        return new OutcomeWriter(ledger, run, clock);
    }

    /** Adds a record to the queue without blocking. */
    void add(PrunedRecord record) {
        queue.add(Optional.of(record));
    }

    private void write() {
        boolean more = true;
        while (more) {
            var batch = next();
            more = batch.stream().allMatch(Optional::isPresent);
            store(batch.stream().flatMap(Optional::stream).toList());
        }
    }

    private List<Optional<PrunedRecord>> next() {
        try {
            var batch = new ArrayList<Optional<PrunedRecord>>();
            batch.add(queue.take());
            queue.drainTo(batch, MOST_AT_ONCE - 1);
            return batch;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Unexpected interrupt of the thread of a run", e);
        }
    }

    private void store(List<PrunedRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        ledger.record(
                run,
                records.stream()
                        .map(record -> Outcome.deleted(record.recordId(), record.size()))
                        .toList(),
                clock.instant());
        long bytes = records.stream()
                .map(PrunedRecord::size)
                .mapToLong(size -> size == null ? 0 : size.bytes())
                .sum();
        ledger.addProgress(run, records.size(), new ByteSize(Math.max(0, bytes)));
    }

    /**
     * Waits until all records are stored.
     *
     * @throws RuntimeException the exception that prevented it
     */
    @Override
    public void close() {
        queue.add(Optional.empty());
        try {
            written.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
