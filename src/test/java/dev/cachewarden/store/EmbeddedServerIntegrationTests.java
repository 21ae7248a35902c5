package dev.cachewarden.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server through its life and death, in processes of its own. */
@Timeout(300)
class EmbeddedServerIntegrationTests {

    @TempDir
    Path directory;

    private @Nullable Process child;

    @AfterEach
    void endChild() throws Exception {
        if (child != null) {
            child.destroyForcibly().waitFor();
            LeftoverServer.stop(directory.resolve("data"));
        }
    }

    @Test
    void keepsItsDataOverKillOfTheService() throws Exception {
        startChild();
        long left = serverProcess();
        child().destroyForcibly().waitFor(2, TimeUnit.MINUTES);
        assertThat(ProcessHandle.of(left)).as("PostgreSQL outlives kill -9").isPresent();

        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "select word from kept")).isEqualTo("still here");
            assertThat(serverProcess()).isNotEqualTo(left);
            assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void keepsItsDataOverKillOfServiceAndServer() throws Exception {
        startChild();
        child().destroyForcibly().waitFor(2, TimeUnit.MINUTES);
        var left = ProcessHandle.of(serverProcess()).orElseThrow();
        left.destroyForcibly();
        left.onExit().get(2, TimeUnit.MINUTES);

        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "select word from kept")).isEqualTo("still here");
        }
    }

    @Test
    void reportsTheProcessThatUsesTheDirectory() throws Exception {
        startChild();

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> EmbeddedServer.start(directory))
                .withMessage("Another Cachewarden (process " + child().pid() + ") uses the data directory " + directory
                        + ".")
                .satisfies(e -> assertThat(e.action())
                        .isEqualTo("Stop that process, or set cachewarden.store.directory to another directory. To"
                                + " share the data, set SPRING_DATASOURCE_URL of both to the same PostgreSQL."));
    }

    @Test
    void closeStopsTheServerAndFreesTheDirectory() throws Exception {
        var first = EmbeddedServer.start(directory);
        var process = ProcessHandle.of(serverProcess()).orElseThrow();
        query(first, "create table kept as select 'kept' word; select word from kept");
        assertThatThrownBy(() -> EmbeddedServer.start(directory)).isInstanceOf(StoreUnavailableException.class);
        first.close();
        assertThat(process.onExit()).succeedsWithin(Duration.ofMinutes(2));

        try (var second = EmbeddedServer.start(directory)) {
            assertThat(query(second, "select word from kept")).isEqualTo("kept");
        }
    }

    @Test
    void listenOnLoopbackOnlyAndAskForThePassword() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), EmbeddedServer.USER, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(directory.resolve("password"))).hasSize(32);
    }

    @Test
    void startWhereTheProcessIdInThePidFileIsAnothersByNow() throws Exception {
        EmbeddedServer.start(directory).close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n");

        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refuseDataOfAnotherMajorVersion() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> EmbeddedServer.start(directory))
                .hasMessage("The data in " + directory.resolve("data")
                        + " was written by PostgreSQL 17, but this Cachewarden includes PostgreSQL 18.");
    }

    @Test
    void startsAgainOnTheSamePortAfterItsProcessWasKilled() throws Exception {
        try (var server = EmbeddedServer.start(directory)) {
            query(server, "create table kept as select 'kept' word; select word from kept");
            var killed = ProcessHandle.of(serverProcess()).orElseThrow();
            assertThat(server.startAgainIfDead()).as("while the process runs").isFalse();
            killed.destroyForcibly();
            killed.onExit().get(2, TimeUnit.MINUTES);

            var url = server.jdbcUrl();
            await().ignoreExceptions().until(server::startAgainIfDead);

            assertThat(server.jdbcUrl()).isEqualTo(url);
            assertThat(query(server, "select word from kept")).isEqualTo("kept");
            assertThat(serverProcess()).isNotEqualTo(killed.pid());
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void replacesModifiedProgramsBeforeTheyRun() throws Exception {
        EmbeddedServer.start(directory).close();
        var programs = programs();
        Path postgres = programs.resolve("bin/postgres");
        var mark = directory.resolve("planted-program-ran");
        long size = Files.size(postgres);
        Files.delete(postgres);
        Files.writeString(postgres, "#!/bin/sh\ntouch " + mark + "\n");
        assertThat(postgres.toFile().setExecutable(true)).isTrue();
        Files.writeString(programs.resolve("lib/added.so"), "planted");
        Path link = programs.resolve("share/postgresql/postgres.bki");
        if (Files.exists(link)) {
            Files.move(link, directory.resolve("elsewhere"));
            Files.createSymbolicLink(link, directory.resolve("elsewhere"));
        }

        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }

        assertThat(mark).doesNotExist();
        assertThat(Files.size(postgres)).isEqualTo(size);
        assertThat(programs.resolve("lib/added.so")).doesNotExist();
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void noticesAProgramThatWasChangedInPlaceAtTheSameSize() throws Exception {
        EmbeddedServer.start(directory).close();
        Path library = programs().resolve("lib/postgresql/plpgsql.so");
        byte[] original = Files.readAllBytes(library);
        byte[] changed = original.clone();
        changed[changed.length - 1]++;
        var time = Files.getLastModifiedTime(library);
        Files.write(library, changed);
        Files.setLastModifiedTime(library, time);

        EmbeddedServer.start(directory).close();

        assertThat(Files.readAllBytes(programs().resolve("lib/postgresql/plpgsql.so")))
                .isEqualTo(original);
    }

    @Test
    void comparesProgramsAgainIfOthersCanWriteTheStoredAttributes() throws Exception {
        EmbeddedServer.start(directory).close();
        Path checked = directory.resolve("programs.checked");
        Path postgres = programs().resolve("bin/postgres");
        long size = Files.size(postgres);
        Files.writeString(postgres, "#!/bin/sh\nexit 1\n");
        Files.writeString(checked, currentAttributes(checked, postgres));
        Files.setPosixFilePermissions(checked, PosixFilePermissions.fromString("rw-rw-rw-"));

        EmbeddedServer.start(directory).close();

        assertThat(Files.size(programs().resolve("bin/postgres"))).isEqualTo(size);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(checked)))
                .isEqualTo("rw-------");
    }

    /** Returns the stored attributes as an attacker would forge them: with those of the changed file. */
    private static String currentAttributes(Path checked, Path changed) throws IOException {
        var line = changed.getName(changed.getNameCount() - 3) + "/bin/postgres ";
        var now = line + new TreeMap<>(Files.readAttributes(changed, "unix:ino,ctime,size,uid,mode"));
        var stored = Files.readString(checked);
        assertThat(stored).contains(line);
        return stored.lines().map(old -> old.startsWith(line) ? now : old).collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void doesNotReadTheArchiveForUnchangedPrograms() throws Exception {
        EmbeddedServer.start(directory).close();
        var unpacked = new Programs(directory.toRealPath().resolve("programs"));
        Path postgres = programs().resolve("bin/postgres");

        // The stored attributes are trusted: the comparison with the archive would find and remove these changed
        // programs.
        Files.writeString(postgres, "changed");
        var checked = directory.resolve("programs.checked");
        Files.writeString(checked, currentAttributes(checked, postgres));
        unpacked.getPgBinary("Linux", System.getProperty("os.arch")).close();

        assertThat(postgres).hasContent("changed");
    }

    @Test
    void ownProgramsAreKept() throws Exception {
        EmbeddedServer.start(directory).close();
        var before = Files.readAttributes(programs().resolve("bin/postgres"), BasicFileAttributes.class);

        EmbeddedServer.start(directory).close();

        assertThat(Files.readAttributes(programs().resolve("bin/postgres"), BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before.fileKey());
    }

    @Test
    void directoriesArePrivateThoughTheyWereMadeBefore() throws Exception {
        Files.createDirectories(directory.resolve("programs"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory.resolve("programs"), PosixFilePermissions.fromString("rwxrwxrwx"));

        try (var server = EmbeddedServer.start(directory)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("programs"))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void programsThatAreALinkAreRefused() throws Exception {
        Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("programs"), directory.resolve("elsewhere"));

        assertThatThrownBy(() -> EmbeddedServer.start(directory))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(directory.toRealPath().resolve("programs") + " is not a directory.");
    }

    private Path programs() throws IOException {
        try (var versions = Files.list(directory.resolve("programs"))) {
            return versions.findFirst().orElseThrow();
        }
    }

    private void startChild() throws IOException {
        child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedServerInChild.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(child.inputReader(StandardCharsets.UTF_8));
        assertThat(output.lines().filter(line -> line.startsWith("READY")).findFirst())
                .isPresent();
    }

    private Process child() {
        assertThat(child).isNotNull();
        return child;
    }

    private long serverProcess() throws IOException {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
    }

    private static @Nullable String query(EmbeddedServer server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.jdbcUrl(), EmbeddedServer.USER, server.password());
                var statement = connection.createStatement()) {
            boolean isResult = statement.execute(sql);
            while (!isResult) {
                isResult = statement.getMoreResults();
            }
            var result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }
}
