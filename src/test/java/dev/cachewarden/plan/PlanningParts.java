package dev.cachewarden.plan;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.PinParts;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.TestDatabase;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Planning put together by hand, for tests of other packages. */
public record PlanningParts(StoredPlans plans, PlanMaker maker, Targets targets) {

    public PlanningParts(TestDatabase database, FakeFleet fleet, Policies policies, InstantSource clock) {
        this(database, fleet, policies, (builder, records) -> Map.of(), clock);
    }

    /** With what is known of how long records take to make. */
    public PlanningParts(
            TestDatabase database, FakeFleet fleet, Policies policies, RebuildTimes times, InstantSource clock) {
        this(
                new PlanMaker(
                        fleet, fleet, fleet, times, PinParts.pins(database.jdbc(), policies, fleet, clock), clock),
                new Targets(fleet),
                database,
                policies,
                clock);
    }

    private PlanningParts(
            PlanMaker maker, Targets targets, TestDatabase database, Policies policies, InstantSource clock) {
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
        var rows = new PlanRows(database.jdbc(), transactions);
        this(
                new StoredPlans(
                        maker,
                        targets,
                        rows,
                        policies,
                        new ApprovalSettings(ApprovalSettings.By.ANOTHER_IF_ANY, "100GB"),
                        clock),
                maker,
                targets);
    }
}
