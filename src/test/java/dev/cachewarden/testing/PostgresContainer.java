package dev.cachewarden.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A PostgreSQL in a container, for a test class and those nested in it. The class is skipped, or fails, where there is no Docker.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final PostgresContainer postgres = PostgresContainer.of("postgres:15");
 * }</pre>
 */
public final class PostgresContainer implements BeforeAllCallback, AfterAllCallback {

    private final PostgreSQLContainer container;

    private PostgresContainer(PostgreSQLContainer container) {
        this.container = container;
    }

    /** Not started yet. */
    public static PostgresContainer of(String image) {
        return new PostgresContainer(new PostgreSQLContainer(image));
    }

    /** Its one database, migrated; whoever opens it closes it. */
    public TestDatabase open() {
        return TestDatabase.at(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    // Both are called for the nested classes, too.

    @Override
    public void beforeAll(ExtensionContext context) {
        if (outermost(context)) {
            TestDocker.client();
            container.start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (outermost(context)) {
            container.stop();
        }
    }

    private static boolean outermost(ExtensionContext context) {
        return context.getEnclosingTestClasses().isEmpty();
    }
}
