package dev.cachewarden.engine.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.KeyPair;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.engine.ScriptedServer;
import dev.cachewarden.host.DataRoot;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over the real protocol, from the setting to the reading. */
@Timeout(300)
class SshDiskTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final DataRoot ROOT = new DataRoot("ci-1", "/var/lib/docker", "E", false);
    private static final String EC = "ecdsa-sha2-nistp256";
    private static final String DF = """
            Filesystem     1024-blocks  Used Available Capacity Mounted on
            /dev/vda            100000 30000     65000      32% /
            """;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "host key {0}, own key of kind {1}")
    @CsvSource({"ecdsa-sha2-nistp256, 5", "ecdsa-sha2-nistp256, 3", "ssh-rsa, 2", "ssh-ed25519, 5"})
    void measure(String hostKeys, int keyType) throws Exception {
        try (var server = TestSshServer.start(folder, hostKeys, keyType, ScriptedCommand.prints(DF))) {
            assertThat(measure(server, ROOT))
                    .isEqualTo(new DiskReading.Known(
                            NOON, new DiskSpace(new ByteSize(102_400_000), new ByteSize(71_680_000))));
            assertThat(server.commands).containsExactly("env LC_ALL=C df -P -k '/var/lib/docker'");
        }
    }

    @Test
    void theRealDfOfAFolderWithAHostileName() throws Exception {
        var odd = Files.createDirectory(folder.resolve("it's $(touch pwned) `x` \"y\" ; z"));
        var shell = new ProcessShellCommandFactory();
        try (var server = TestSshServer.start(
                folder, EC, KeyPair.ED25519, (channel, command) -> shell.createCommand(channel, inShell(command)))) {
            var space = measure(server, new DataRoot("ci-1", odd.toString(), "E", false))
                    .space();

            assertThat(space).isNotNull();
            assertThat(space.total().bytes()).isEqualTo(Files.getFileStore(odd).getTotalSpace());
            // Others write to the same disk meanwhile.
            assertThat(space.free().bytes())
                    .isCloseTo(Files.getFileStore(odd).getUnallocatedSpace(), Offset.offset(1L << 30));
            assertThat(Path.of("pwned")).doesNotExist();
        }
    }

    /** The way sshd runs a command: by the login shell. The test server splits words by itself otherwise. */
    private String inShell(String command) {
        try {
            return "sh " + Files.writeString(folder.resolve("command"), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void doesNotLogInToAnUnknownHost() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            Files.writeString(server.knownHosts, "# nobody\n");

            assertThat(problem(server))
                    .isEqualTo("The host key of " + server.source().text() + " is not in " + server.knownHosts
                            + ", so Cachewarden did not log in. Add the output of ssh-keyscan -p " + server.port()
                            + " 127.0.0.1 to it, after you compare it with the key on the host");
            assertThat(server.knownHosts).content().isEqualTo("# nobody\n");

            Files.delete(server.knownHosts);
            assertThat(problem(server))
                    .startsWith("The file " + server.knownHosts
                            + " does not exist or is not readable, so Cachewarden cannot");
            assertThat(server.commands).isEmpty();
        }
    }

    @Test
    void aHostWithAnotherKeyIsNotLoggedInTo() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            server.know(KeyUtils.generateKeyPair(EC, 256).getPublic());

            assertThat(problem(server))
                    .isEqualTo("The host key of " + server.source().text() + " differs from the one in "
                            + server.knownHosts
                            + ", so Cachewarden did not log in. The host was reinstalled, or another server"
                            + " intercepts the connection");

            assertThat(server.commands).isEmpty();
        }
    }

    @Test
    void aHostWhoseKeyIsRevokedIsNotLoggedInTo() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            String known = Files.readString(server.knownHosts);
            Files.writeString(server.knownHosts, "@revoked " + known + known);

            assertThat(problem(server))
                    .isEqualTo("The host key of " + server.source().text() + " is marked as revoked in "
                            + server.knownHosts + ", so Cachewarden did not log in");
            assertThat(server.commands).isEmpty();
        }
    }

    @Test
    void reportsARejectedKey() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            server.writeKey(KeyPair.ED25519, null);

            assertThat(problem(server))
                    .isEqualTo(server.source().text() + " rejected the key " + server.key
                            + ". Add its public key to the authorized_keys file of disk");
        }
    }

    @Test
    void reportsUnusableKeys() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            server.writeKey(KeyPair.ECDSA, "secret");
            assertThat(problem(server))
                    .isEqualTo(
                            "The key " + server.key + " of " + server.source().text()
                                    + " is encrypted. Use a key without a passphrase that can run only df");

            Files.writeString(server.key, "no key");
            assertThat(problem(server))
                    .startsWith("The file " + server.key + " of "
                            + server.source().text() + " contains no readable private key: ");

            Files.delete(server.key);
            assertThat(problem(server))
                    .isEqualTo("The key " + server.key + " of "
                            + server.source().text() + " does not exist or is not readable for Cachewarden");
        }
    }

    @Test
    void reportsTheErrorOutputOfDf() throws Exception {
        var complains = ScriptedCommand.does((out, errors) -> {
            errors.write("df: /var/lib/docker: No such file or directory\n".getBytes(StandardCharsets.UTF_8));
            return 1;
        });
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, complains)) {
            assertThat(problem(server))
                    .isEqualTo(server.source().text()
                            + " could not run df: df: /var/lib/docker: No such file or directory (exit status 1)");
        }
    }

    @Test
    void reportsAFailureDespiteEarlierOutput() throws Exception {
        var fails = ScriptedCommand.does((out, errors) -> {
            out.write(DF.getBytes(StandardCharsets.UTF_8));
            return 3;
        });
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, fails)) {
            assertThat(problem(server)).endsWith(" could not run df: no error output (exit status 3)");
        }
    }

    @Test
    void anAnswerWithoutEndIsBrokenOff() throws Exception {
        var sent = new AtomicLong();
        var floods = ScriptedCommand.does((out, errors) -> {
            byte[] part = new byte[32 * 1024];
            while (sent.get() < 10L << 30) {
                out.write(part);
                sent.addAndGet(part.length);
            }
            return 0;
        });
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, floods)) {
            assertThat(problem(server))
                    .isEqualTo(server.source().text()
                            + " returned more than 64 KiB, but df returns a few lines. Check which command runs there");
            assertThat(sent.get()).isLessThan(200L << 20);
        }
    }

    @Test
    void aCommandThatHangsEndsAtTheTimeLimit() throws Exception {
        try (var server = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.does((out, errors) -> -1))) {
            assertThat(problem(server, Duration.ofSeconds(3)))
                    .isEqualTo(server.source().text()
                            + " did not report its disk space within 3 s. Check that it is running and that"
                            + " no firewall blocks the connection");
        }
    }

    @Test
    void aServerThatIsSilentEndsAtTheTimeLimit() throws Exception {
        try (var ssh = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF));
                var silent = ScriptedServer.plain()) {
            var source = DiskSource.parse(silent.address().replace("tcp://", "ssh://disk@"), ssh.key);

            assertThat(Probers.problem(prober(ssh, Duration.ofMillis(500)).measure(source, ROOT)))
                    .containsAnyOf("did not report its disk space within 0.5 s", "did not respond in time");
        }
    }

    @Test
    void reportsAServerThatIsNotSsh() throws Exception {
        try (var ssh = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF));
                var web = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> greet(web));
            var source = DiskSource.parse("ssh://disk@127.0.0.1:" + web.getLocalPort(), ssh.key);

            assertThat(Probers.problem(prober(ssh, Duration.ofSeconds(20)).measure(source, ROOT)))
                    .startsWith("The login to " + source.text() + " failed: ")
                    .endsWith(". Check that an SSH server listens there");
        }
    }

    private static void greet(ServerSocket listener) {
        try (var socket = listener.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // Until the client hangs up.
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void reportsAClosedPortAndAnUnknownName() throws Exception {
        try (var ssh = TestSshServer.start(folder, EC, KeyPair.ED25519, ScriptedCommand.prints(DF))) {
            var prober = prober(ssh, Duration.ofSeconds(20));
            var stopped = ssh.source();
            ssh.close();

            assertThat(Probers.problem(prober.measure(stopped, ROOT)))
                    .isEqualTo(stopped.text() + " refused the connection. Check that sshd is running on this port");
            var nowhere = DiskSource.parse("ssh://disk@no-such-name.invalid", ssh.key);
            assertThat(Probers.problem(prober.measure(nowhere, ROOT)))
                    .isEqualTo("The name in ssh://disk@no-such-name.invalid cannot be resolved");
        }
    }

    private DiskReading measure(TestSshServer server, DataRoot root) {
        return prober(server, Duration.ofSeconds(20)).measure(server.source(), root);
    }

    private String problem(TestSshServer server) {
        return Probers.problem(measure(server, ROOT));
    }

    private String problem(TestSshServer server, Duration timeout) {
        return Probers.problem(prober(server, timeout).measure(server.source(), ROOT));
    }

    private static RoutedDiskProber prober(TestSshServer server, Duration timeout) {
        return new RoutedDiskProber(Probers.settings(timeout, server.knownHosts), InstantSource.fixed(NOON));
    }
}
