package dev.cachewarden.analytics.steps;

import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What tells of the records of steps, put together by hand, also for tests of other packages. */
public record HeldParts(StepRecords records, ClassSizes sizes) {

    public static HeldParts of(TestDatabase database, HostRegistry hosts, UsageHistory history) {
        var readings = new EngineReadings(history);
        return new HeldParts(
                new StepRecords(hosts, readings),
                new ClassSizes(new ClassSteps(JdbcClient.create(database.dataSource())), hosts, readings));
    }
}
