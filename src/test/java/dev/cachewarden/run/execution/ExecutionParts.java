package dev.cachewarden.run.execution;

import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The working of runs put together by hand, for tests of other packages. */
public record ExecutionParts(RunExecution execution, RunVerification verification, MeterRegistry meters) {

    public static RunStates states(TestDatabase database, ApplicationEventPublisher events) {
        return new RunStates(
                JdbcClient.create(database.dataSource()),
                new TransactionTemplate(new DataSourceTransactionManager(database.dataSource())),
                events);
    }

    /** @param pauses called in place of waiting, once for each second at most */
    public static ExecutionParts of(
            TestDatabase database,
            RunStates states,
            FakeFleet fleet,
            Pins pins,
            PruneSettings settings,
            InstantSource clock,
            Runnable pauses) {
        var meters = new SimpleMeterRegistry();
        var ledger = new RunLedger(JdbcClient.create(database.dataSource()), states, new RunMetrics(fleet, meters));
        var account = new RunAccount(fleet, fleet, ledger, clock);
        var disk = new DataRootDisk(fleet);
        Pauses waiting = time -> pauses.run();
        var builds = new BuildWait(ledger, waiting, fleet.building::contains, clock);
        var preparation = new RunPreparation(fleet, fleet, builds, account, disk, pins, ledger, settings, clock);
        var verification = new RunVerification(fleet, fleet, account, disk, ledger, settings, clock);
        var execution = new RunExecution(preparation, fleet, verification, ledger, waiting, settings, clock);
        return new ExecutionParts(execution, verification, meters);
    }
}
