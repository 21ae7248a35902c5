package dev.cachewarden.host.registry;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Probes hosts before it stores them. Starts no transaction itself, because a host may respond slowly. */
@Component
class ProbingHostRegistry implements HostRegistry {

    /**
     * Retries a removal after a deadlock. The database deletes dependent rows of a host in any order, while builds of its builders may be
     * stored and compared. PostgreSQL aborts one of two transactions that wait for each other.
     */
    private static final RetryTemplate STANDOFF = new RetryTemplate(RetryPolicy.builder()
            .includes(PessimisticLockingFailureException.class)
            .maxRetries(5)
            .delay(Duration.ofMillis(50))
            .jitter(Duration.ofMillis(25))
            .multiplier(2)
            .build());

    private final HostBook book;
    private final HostProber prober;

    ProbingHostRegistry(HostBook book, HostProber prober) {
        this.book = book;
        this.prober = prober;
    }

    @Override
    public List<WatchedHost> all() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? book.allWithinTransaction() : book.all();
    }

    @Override
    public Optional<WatchedHost> find(HostId id) {
        return book.find(id);
    }

    @Override
    public Optional<WatchedHost> ofBuilder(BuilderId id) {
        return book.ofBuilder(id);
    }

    @Override
    public List<WatchedHost> withEngine(String engineId) {
        return book.withEngine(engineId);
    }

    @Override
    public WatchedHost register(HostDraft draft) {
        check(draft);
        book.checkNameIsFree(draft.connection().name());
        var found = requireReachable(draft.connection());
        return saving(draft, () -> book.add(draft, found));
    }

    @Override
    public WatchedHost change(HostId id, HostDraft draft) {
        check(draft);
        var present = book.find(id).orElseThrow(() -> HostBook.missing(id));
        HostBook.requireEditable(present.name(), present.configFile());
        book.checkNameIsFree(draft.connection().name(), id);
        if (hasSameAddress(draft.connection(), present.connection())) {
            // An unreachable host can still be renamed, labeled, or disabled.
            return saving(draft, () -> book.revise(id, draft));
        }
        var found = requireReachable(draft.connection());
        var registered = present.engineId();
        if (registered != null && !registered.equals(found.engineId())) {
            throw new InvalidInputException(
                    "address", HostBook.anotherEngine(draft.connection(), registered, found.engineId()));
        }
        return saving(draft, () -> book.revise(id, draft, found));
    }

    private static boolean hasSameAddress(HostConnection one, HostConnection other) {
        return one.kind() == other.kind() && one.address().equals(other.address());
    }

    private static void check(HostDraft draft) {
        List<FieldProblem> problems = draft.problems();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private HostCapabilities requireReachable(HostConnection connection) {
        return switch (prober.probe(connection)) {
            case ProbeResult.Reached reached -> reached.capabilities();
            case ProbeResult.Failed failed ->
                throw new InvalidInputException("address", failed.problem().message());
        };
    }

    static WatchedHost saving(HostDraft draft, Supplier<WatchedHost> save) {
        try {
            return save.get();
        } catch (DataIntegrityViolationException e) {
            // Another request took the name since the check.
            throw new ConflictException(
                    "Another request gave the name '" + draft.connection().name()
                            + "' to a host at the same moment. Nothing was saved. Choose a different name.");
        }
    }

    @Override
    public void remove(HostId id) {
        STANDOFF.invoke(() -> book.remove(id));
    }

    @Override
    public WatchedHost recordProbe(HostId id, HostCapabilities capabilities) {
        return book.recordProbe(id, capabilities);
    }

    @Override
    public void recordReachable(HostId id) {
        book.recordReachable(id);
    }

    @Override
    public void recordUnreachable(HostId id, HostProblem problem) {
        book.recordUnreachable(id, problem);
    }

    @Override
    public void recordDisk(HostId id, DiskSource source, DiskReading reading) {
        book.recordDisk(id, source, reading);
    }
}
