package dev.cachewarden.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that runs as a child process and keeps its data across restarts. It listens on loopback only and requires a password
 * from all users.
 */
final class EmbeddedServer implements AutoCloseable {

    static final String USER = "postgres";
    private static final String DATABASE = "cachewarden";
    private static final String MAJOR_VERSION = "18";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

    private final Path home;
    private final HeldPort port;
    private final DirectoryLock lock;
    private final String password;
    private @Nullable EmbeddedPostgres postgres;
    private boolean closed;

    private EmbeddedServer(Path home, HeldPort port, DirectoryLock lock, String password) {
        this.home = home;
        this.port = port;
        this.lock = lock;
        this.password = password;
    }

    /**
     * Starts the server, and creates the database if it does not exist.
     *
     * @throws StoreUnavailableException if the server cannot start
     */
    static EmbeddedServer start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        try {
            home = PrivateDirectory.ensure(home);
            var lock = DirectoryLock.acquire(home);
            boolean started = false;
            try {
                var server = start(home, lock);
                started = true;
                return server;
            } finally {
                if (!started) {
                    lock.close();
                }
            }
        } catch (IOException | SQLException e) {
            throw notStarted(home, e);
        }
    }

    private static EmbeddedServer start(Path home, DirectoryLock lock) throws IOException, SQLException {
        Path data = home.resolve("data");
        checkVersion(data);
        LeftoverServer.stop(data);
        Path programs = home.resolve("programs");
        if (Files.exists(programs, LinkOption.NOFOLLOW_LINKS)) {
            PrivateDirectory.makePrivate(programs);
        }
        Files.deleteIfExists(home.resolve("server.log"));
        var port = HeldPort.take();
        boolean started = false;
        try {
            var server = new EmbeddedServer(home, port, lock, OwnPassword.keptIn(home.resolve("password")));
            server.launchWithDatabase();
            LOG.info("Embedded PostgreSQL on 127.0.0.1:{}, data in {}", port.number(), data);
            started = true;
            return server;
        } finally {
            if (!started) {
                port.close();
            }
        }
    }

    private void launchWithDatabase() throws IOException, SQLException {
        var launched = launch();
        boolean created = false;
        try {
            createDatabase(launched);
            created = true;
        } finally {
            if (!created) {
                launched.close();
            }
        }
        postgres = launched;
    }

    /**
     * Restarts the server if its process has ended, with the same port and the same data. It does nothing while the process runs:
     * PostgreSQL recovers automatically if one of its child processes dies.
     *
     * @return whether the server was started
     */
    synchronized boolean startAgainIfDead() throws IOException {
        if (closed || LeftoverServer.runsOn(home.resolve("data"))) {
            return false;
        }
        var dead = postgres;
        if (dead != null) {
            postgres = null;
            dead.close();
        }
        LeftoverServer.stop(home.resolve("data"));
        postgres = launch();
        return true;
    }

    private EmbeddedPostgres launch() throws IOException {
        Path log = home.resolve("server.log");
        var programs = new Programs(home.resolve("programs"));
        try {
            var launched = builder(log, programs).start();
            programs.remember();
            return launched;
        } finally {
            // The library gives all users write access to this directory.
            if (Files.exists(home.resolve("programs"))) {
                PrivateDirectory.makePrivate(home.resolve("programs"));
            }
        }
    }

    private EmbeddedPostgres.Builder builder(Path log, Programs programs) {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("data"))
                .setPort(port.number())
                .setPgBinaryResolver(programs)
                .setCleanDataDirectory(false)
                // By default the library unpacks the programs into a world-writable directory; this one is private.
                .setOverrideWorkingDirectory(home.resolve("programs").toFile())
                // Cachewarden stops the server itself, after everything that uses it.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .setConnectConfig("password", password);
        // These options follow the library's own "-A trust" on the command line of initdb; the last one counts.
        builder.setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", home.resolve("password").toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        // The library turns both off. That suits tests but not a store.
        builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
        builder.setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "50")
                .setServerConfig("jit", "off");
        return builder;
    }

    private static void createDatabase(EmbeddedPostgres postgres) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            var found = statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'");
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port.number() + "/" + DATABASE;
    }

    String password() {
        return password;
    }

    /** Stops the server, with all data safe on the disk, and then releases the directory. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        try (lock;
                port) {
            if (postgres != null) {
                postgres.close();
                postgres = null;
            } else {
                LeftoverServer.stop(home.resolve("data"));
            }
        }
    }

    /** Stops the server and logs a failure, for use if no caller can handle it. */
    void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            LOG.warn("The embedded PostgreSQL did not stop cleanly", e);
        }
    }

    private static void checkVersion(Path data) throws IOException {
        Path file = data.resolve("PG_VERSION");
        if (Files.exists(file) && !Files.readString(file).strip().equals(MAJOR_VERSION)) {
            throw new StoreUnavailableException(
                    "The data in " + data + " was written by PostgreSQL "
                            + Files.readString(file).strip() + ", but this Cachewarden includes PostgreSQL "
                            + MAJOR_VERSION
                            + ".",
                    "Dump the data with the Cachewarden that wrote it and load it here, or move the directory to"
                            + " start without data.",
                    null);
        }
    }

    private static StoreUnavailableException notStarted(Path home, Exception cause) {
        return new StoreUnavailableException(
                "The embedded PostgreSQL in " + home + " did not start: " + cause.getMessage(),
                "Check " + home.resolve("server.log")
                        + ". To use another PostgreSQL, set SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME, and"
                        + " SPRING_DATASOURCE_PASSWORD.",
                cause);
    }
}
