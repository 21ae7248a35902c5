package dev.cachewarden.history.poll;

import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.store.StoreProblem;
import java.util.function.Consumer;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Treats a reading that cannot be stored as a failed one: a host must not appear monitored while its readings are lost. While the database
 * is unavailable, the state of the host does not change.
 */
final class StoringSampler implements HostSampler {

    private final HostSampler sampler;
    private final HostRegistry hosts;
    private final Consumer<Throwable> report;

    /** @param report receives each failure to store a reading */
    StoringSampler(HostSampler sampler, HostRegistry hosts, Consumer<Throwable> report) {
        this.sampler = sampler;
        this.hosts = hosts;
        this.report = report;
    }

    @Override
    public HostReading sampleNow(HostId host) {
        try {
            return sampler.sampleNow(host);
        } catch (DataAccessException | TransactionException e) {
            return notStored(host, e);
        }
    }

    private HostReading notStored(HostId host, NestedRuntimeException failure) {
        report.accept(failure);
        var problem = StoreProblem.of(failure)
                .filter(found -> found == StoreProblem.FULL || found == StoreProblem.READ_ONLY)
                .orElseThrow(() -> failure);
        var reported = new HostProblem(
                HostProblem.Cause.NOT_STORED,
                "The host was read, but the result was not stored. " + problem.explanation());
        hosts.recordUnreachable(host, reported);
        return new HostReading.Unreachable(reported);
    }
}
