package dev.cachewarden.build.store;

import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.TestDatabase;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store of builds put together by hand, for tests of other packages. */
public final class BuildStoreParts {

    private BuildStoreParts() {}

    public static StoredBuilds builds(TestDatabase database) {
        return new StoredBuilds(
                new BuildRows(JdbcClient.create(database.dataSource())),
                new BuildListRows(JdbcClient.create(database.dataSource())),
                new NewBuildRows(JdbcClient.create(database.dataSource())),
                new StepRows(database.jdbc()),
                new SameBuilds(JdbcClient.create(database.dataSource())),
                RulesParts.in(database, InstantSource.system()),
                transactions(database));
    }

    public static StoredUploads uploads(TestDatabase database) {
        return new StoredUploads(
                builds(database),
                new UploadRows(JdbcClient.create(database.dataSource())),
                new StepRows(database.jdbc()),
                transactions(database));
    }

    /** @param hosts tell which of them lead to one engine */
    static RunningBuilds running(TestDatabase database, HostRegistry hosts) {
        return new RunningOnEngines(new BuildRows(JdbcClient.create(database.dataSource())), hosts);
    }

    private static TransactionTemplate transactions(TestDatabase database) {
        return new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    }

    /** For builds of which a test changed the steps behind the store's back. */
    public static void sumUp(TestDatabase database) {
        database.jdbc().execute("select sum_up(array_agg(id)) from build group by id / 1000");
    }

    /** A host with one builder of the same number. */
    public static void addBuilder(TestDatabase database, long id) {
        database.jdbc().update("""
                insert into host (id, name, kind, address, poll_interval_seconds, created_at, reachability_since)
                overriding system value values (?, ?, 'DOCKER_ENGINE', 'tcp://127.0.0.1:1', 60, now(), now())""", id, "host-" + id);
        database.jdbc().update("""
                insert into builder (id, host_id, name, driver, created_at)
                overriding system value values (?, ?, 'default', 'docker', now())""", id, id);
    }
}
