package dev.cachewarden.build.steps;

import dev.cachewarden.testing.TestDatabase;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Projects' rules put together by hand, for tests of other packages. */
public final class RulesParts {

    private RulesParts() {}

    public static ProjectRules in(TestDatabase database, InstantSource clock) {
        return new ProjectRules(new RuleRows(JdbcClient.create(database.dataSource())), clock);
    }

    /** Where no project has any. */
    public static ProjectRules none() {
        return new ProjectRules(
                new RuleRows(JdbcClient.create(new DriverManagerDataSource())) {
                    @Override
                    Optional<ProjectRules.Saved> find(String project) {
                        return Optional.empty();
                    }
                },
                InstantSource.system());
    }
}
