package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.JdbcTemplate;

/** The watch of a real embedded server, whose processes are killed. */
class StoreWatchIntegrationTests {

    @TempDir
    Path directory;

    private EmbeddedServer server;
    private StoreWatch watch;
    private HikariDataSource pool;
    private JdbcTemplate jdbc;

    @BeforeEach
    void start() {
        server = EmbeddedServer.start(directory);
        watch = new StoreWatch(new StoreProbe(new Details(server)), server);
        pool = new HikariDataSource();
        pool.setJdbcUrl(server.jdbcUrl());
        pool.setUsername(EmbeddedServer.USER);
        pool.setPassword(server.password());
        pool.setConnectionTimeout(3_000);
        jdbc = new JdbcTemplate(new WatchedDataSource(pool, watch));
        jdbc.execute("create table kept as select 'kept' word");
    }

    @AfterEach
    void stop() {
        watch.close();
        pool.close();
        server.closeQuietly();
    }

    @Test
    void restartsAKilledServerWithItsData() throws Exception {
        postmaster().destroyForcibly();
        await().until(() -> !watch.answers() || postmasterLives());
        await().ignoreExceptions()
                .until(() -> jdbc.queryForObject("select word from kept", String.class), "kept"::equals);

        await().until(() -> watch.problem().isEmpty());
    }

    @Test
    void killedBackendIsRecoveredFromByTheServerItself() {
        long postmaster = pid();
        var backend =
                ProcessHandle.of(Objects.requireNonNull(jdbc.queryForObject("select pg_backend_pid()", Long.class)));
        backend.orElseThrow().destroyForcibly();

        await().ignoreExceptions()
                .until(() -> jdbc.queryForObject("select word from kept", String.class), "kept"::equals);

        assertThat(pid()).isEqualTo(postmaster);
        await().until(() -> watch.problem().isEmpty());
    }

    @Test
    void failsFastWhileTheServerIsUnavailable() throws Exception {
        server.close();
        await().until(() -> !watch.answers());

        assertThatThrownBy(() -> new WatchedDataSource(pool, watch).getConnection())
                .isInstanceOf(WatchedDataSource.StoreAwayException.class);
        assertThat(new StoreWatching.StoreHealth(watch).health().getStatus().getCode())
                .isEqualTo("DOWN");
    }

    @Test
    void fullDiskIsBelievedUntilAWriteSucceeds() {
        watch.report(new SQLException("could not extend file", "53100"));

        // The server's disk has room, so the next look clears it.
        await().until(() -> watch.problem().isEmpty());
    }

    @Test
    void fullDiskIsFoundAndIsOverOnceThereIsRoom(@TempDir Path mountPoint) throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=400m,mode=700", "cachewarden-test", mountPoint.toString()) == 0,
                "needs the right to mount a file system");
        try (var small = EmbeddedServer.start(mountPoint.resolve("store"));
                var looking = new StoreWatch(new StoreProbe(new Details(small)), small);
                var connection = DriverManager.getConnection(small.jdbcUrl(), EmbeddedServer.USER, small.password())) {
            var filler = mountPoint.resolve("filler");
            fill(filler);
            try (var statement = connection.createStatement()) {
                statement.execute(
                        "create table big as select repeat(md5(n::text), 200) from generate_series(1, 50000) n");
            } catch (SQLException e) {
                looking.report(e);
            }
            await().until(() -> looking.problem().equals(Optional.of(StoreProblem.FULL)));
            assertThat(new StoreWatching.StoreHealth(looking)
                            .health()
                            .getStatus()
                            .getCode())
                    .isEqualTo("DOWN");

            Files.delete(filler);
            await().until(() -> looking.problem().isEmpty());
        } finally {
            run("umount", "--lazy", mountPoint.toString());
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] chunk = new byte[1 << 16];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 1 << 16; i++) {
                out.write(chunk);
            }
            throw new AssertionError("the file system takes more than it should");
        } catch (IOException e) {
            // Full, as wanted.
            assertThat(file).exists();
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .inheritIO()
                .start()
                .waitFor();
    }

    private ProcessHandle postmaster() {
        return ProcessHandle.of(pid()).orElseThrow();
    }

    private boolean postmasterLives() throws Exception {
        return LeftoverServer.runsOn(directory.resolve("data"));
    }

    private long pid() {
        try {
            return Long.parseLong(
                    Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private record Details(EmbeddedServer server) implements JdbcConnectionDetails {
        @Override
        public String getUsername() {
            return EmbeddedServer.USER;
        }

        @Override
        public String getPassword() {
            return server.password();
        }

        @Override
        public String getJdbcUrl() {
            return server.jdbcUrl();
        }
    }
}
