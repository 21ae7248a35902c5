package dev.cachewarden.engine.connection;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Session;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Semaphore;

/** Measures a disk with {@code df} over SSH. Logs in only with a key, and only to hosts with a known host key. */
final class SshDisk {

    /** The maximum size of the output. df prints a few hundred bytes for one file system, possibly after the greeting of a login. */
    private static final int MOST_BYTES = 64 * 1024;

    private final DiskSettings settings;
    private final Semaphore sessions;

    SshDisk(DiskSettings settings) {
        this.settings = settings;
        this.sessions = new Semaphore(settings.sshSessions());
    }

    DiskSpace of(DiskSource.Ssh source, String folder) throws DiskUnknownException, InterruptedException {
        String command = command(folder);
        // The semaphore limits the key exchanges. The wait counts toward the time limit of the measurement.
        sessions.acquire();
        try {
            return DfOutput.parse(run(source, command), source.text());
        } finally {
            sessions.release();
        }
    }

    /** Returns the command. It uses {@code env}, because not every login shell supports assignments before a command. */
    static String command(String folder) throws DiskUnknownException {
        if (!folder.startsWith("/") || folder.chars().anyMatch(Character::isISOControl)) {
            throw new DiskUnknownException(
                    "'" + DiskUnknownException.singleLine(folder) + "' is not a directory that df can measure");
        }
        return "env LC_ALL=C df -P -k '" + folder.replace("'", "'\\''") + "'";
    }

    private String run(DiskSource.Ssh source, String command) throws DiskUnknownException, InterruptedException {
        var failures = new SshFailures(source, settings.knownHosts());
        Session session = null;
        try {
            session = session(source, failures);
            session.connect(millis());
            return output(session, command, failures);
        } catch (JSchException e) {
            throw failures.of(e);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failures.broken(e);
        } finally {
            if (session != null) {
                session.disconnect();
            }
        }
    }

    private Session session(DiskSource.Ssh source, SshFailures failures) throws JSchException, DiskUnknownException {
        if (!Files.isReadable(settings.knownHosts())) {
            throw failures.noKnownHosts();
        }
        if (!Files.isReadable(source.key())) {
            throw failures.noKey();
        }
        // Use a separate instance for each login, so that logins do not share keys and known hosts.
        var jsch = new JSch();
        jsch.setKnownHosts(settings.knownHosts().toString());
        addKey(jsch, source, failures);
        var session = jsch.getSession(source.user(), source.host(), source.port());
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey");
        session.setDaemonThread(true);
        session.setTimeout(millis());
        return session;
    }

    private static void addKey(JSch jsch, DiskSource.Ssh source, SshFailures failures)
            throws JSchException, DiskUnknownException {
        try {
            var key = KeyPair.load(jsch, source.key().toString());
            boolean encrypted = key.isEncrypted();
            key.dispose();
            if (encrypted) {
                throw failures.encryptedKey();
            }
        } catch (JSchException e) {
            throw failures.badKey(e);
        }
        jsch.addIdentity(source.key().toString());
    }

    private int millis() {
        return Math.toIntExact(settings.timeout().toMillis());
    }

    private String output(Session session, String command, SshFailures failures)
            throws JSchException, IOException, DiskUnknownException {
        var channel = (ChannelExec) session.openChannel("exec");
        var errors = new Bounded();
        channel.setCommand(command);
        channel.setInputStream(null);
        channel.setErrStream(errors);
        var in = channel.getInputStream();
        channel.connect(millis());
        String text = text(in, failures);
        // The status is available once the channel is closed, which follows the end of the output.
        int status = status(channel);
        if (status != 0) {
            throw failures.exit(status, errors.toString(StandardCharsets.UTF_8));
        }
        return text;
    }

    private static String text(InputStream in, SshFailures failures) throws IOException, DiskUnknownException {
        byte[] read = in.readNBytes(MOST_BYTES + 1);
        if (read.length > MOST_BYTES) {
            throw failures.tooMuch(MOST_BYTES);
        }
        return new String(read, StandardCharsets.UTF_8);
    }

    private static int status(ChannelExec channel) throws IOException {
        try {
            // The library has no way to wait for this; the time limit of the caller ends the loop.
            while (!channel.isClosed()) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return channel.getExitStatus();
    }

    /** Keeps the beginning of the output. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int value) {
            if (count < MOST_BYTES) {
                super.write(value);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.min(length, MOST_BYTES - count));
        }
    }
}
