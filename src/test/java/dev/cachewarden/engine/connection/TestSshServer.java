package dev.cachewarden.engine.connection;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import dev.cachewarden.host.DiskSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/** An SSH server on loopback: another implementation of the protocol than the one that is tested. */
final class TestSshServer implements AutoCloseable {

    static final String USER = "disk";

    final Path key;
    final Path knownHosts;
    final List<String> commands = new CopyOnWriteArrayList<>();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final PublicKey hostKey;
    private @Nullable PublicKey accepted;

    /**
     * Starts it, with the host's key in {@link #knownHosts} and the public half of {@link #key} let in.
     *
     * @param hostKeys kind of the host's key, as SSH calls it
     * @param keyType of the client's key, as JSch numbers it
     */
    static TestSshServer start(Path folder, String hostKeys, int keyType, CommandFactory does)
            throws IOException, GeneralSecurityException, JSchException {
        var server = new TestSshServer(folder, hostKeys, does);
        server.accept(server.writeKey(keyType, null));
        server.know(server.hostKey);
        return server;
    }

    private TestSshServer(Path folder, String hostKeys, CommandFactory does)
            throws IOException, GeneralSecurityException {
        key = folder.resolve("key");
        knownHosts = folder.resolve("known_hosts");
        var host = KeyUtils.generateKeyPair(hostKeys, hostKeys.equals("ssh-rsa") ? 2048 : 256);
        hostKey = host.getPublic();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator((user, shown, session) ->
                user.equals(USER) && accepted != null && KeyUtils.compareKeys(shown, accepted));
        server.setCommandFactory((channel, command) -> {
            commands.add(command);
            return does.createCommand(channel, command);
        });
        server.start();
    }

    /** Writes a private key in OpenSSH's form, and gives the public half as a line of authorized_keys. */
    String writeKey(int type, @Nullable String passphrase) throws IOException, JSchException {
        var pair = KeyPair.genKeyPair(new JSch(), type, type == KeyPair.RSA ? 2048 : 256);
        try (var out = Files.newOutputStream(key)) {
            pair.writeOpenSSHv1PrivateKey(out, passphrase == null ? null : passphrase.getBytes(StandardCharsets.UTF_8));
        }
        var line = new ByteArrayOutputStream();
        pair.writePublicKey(line, "test");
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private void accept(String authorizedKey) throws IOException, GeneralSecurityException {
        accepted = AuthorizedKeyEntry.parseAuthorizedKeyEntry(authorizedKey).resolvePublicKey(null, null, null);
    }

    /** Writes a key into known_hosts as the host's. */
    void know(PublicKey hosts) throws IOException {
        Files.writeString(knownHosts, "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(hosts) + "\n");
    }

    int port() {
        return server.getPort();
    }

    DiskSource source() {
        return DiskSource.parse("ssh://" + USER + "@127.0.0.1:" + port(), key);
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
