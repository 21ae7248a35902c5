package dev.cachewarden.engine.connection;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchRevokedHostKeyException;
import com.jcraft.jsch.JSchUnknownHostKeyException;
import dev.cachewarden.host.DiskSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

/** Describes failures of a login and a command. */
final class SshFailures {

    private final DiskSource.Ssh source;
    private final Path knownHosts;

    SshFailures(DiskSource.Ssh source, Path knownHosts) {
        this.source = source;
        this.knownHosts = knownHosts;
    }

    private String who() {
        return source.text();
    }

    private String scan() {
        return "ssh-keyscan " + (source.port() == DiskSource.Ssh.USUAL_PORT ? "" : "-p " + source.port() + " ")
                + source.host();
    }

    DiskUnknownException noKnownHosts() {
        return new DiskUnknownException("The file " + knownHosts
                + " does not exist or is not readable, so Cachewarden cannot verify host keys. Add the output of "
                + scan()
                + " to it, after you compare it with the key on the host");
    }

    DiskUnknownException noKey() {
        return new DiskUnknownException(
                "The key " + source.key() + " of " + who() + " does not exist or is not readable for Cachewarden");
    }

    DiskUnknownException encryptedKey() {
        return new DiskUnknownException("The key " + source.key() + " of " + who()
                + " is encrypted. Use a key without a passphrase that can run only df");
    }

    DiskUnknownException badKey(JSchException failure) {
        return new DiskUnknownException(
                "The file " + source.key() + " of " + who() + " contains no readable private key: "
                        + DiskUnknownException.singleLine(failure.getMessage()),
                failure);
    }

    DiskUnknownException exit(int status, String errors) {
        return new DiskUnknownException(who() + " could not run df: "
                + (errors.isBlank() ? "no error output" : DiskUnknownException.singleLine(errors)) + " (exit status "
                + status
                + ")");
    }

    DiskUnknownException tooMuch(int bytes) {
        return new DiskUnknownException(who() + " returned more than " + bytes / 1024
                + " KiB, but df returns a few lines. Check which command runs there");
    }

    DiskUnknownException broken(IOException failure) {
        return new DiskUnknownException(
                who() + " closed the connection: "
                        + DiskUnknownException.singleLine(String.valueOf(failure.getMessage())),
                failure);
    }

    DiskUnknownException of(JSchException failure) {
        String detail = String.valueOf(failure.getMessage());
        return new DiskUnknownException(
                switch (failure) {
                    case JSchUnknownHostKeyException unknown ->
                        "The host key of " + who() + " is not in " + knownHosts
                                + ", so Cachewarden did not log in. Add the output of " + scan()
                                + " to it, after you compare it with the key on the host";
                    case JSchChangedHostKeyException changed ->
                        "The host key of " + who() + " differs from the one in " + knownHosts
                                + ", so Cachewarden did not log in. The host was reinstalled, or another server"
                                + " intercepts"
                                + " the connection";
                    case JSchRevokedHostKeyException revoked ->
                        "The host key of " + who() + " is marked as revoked in " + knownHosts
                                + ", so Cachewarden did not log in";
                    case JSchAlgoNegoFailException none ->
                        who() + " supports no algorithm that Cachewarden accepts: "
                                + DiskUnknownException.singleLine(detail);
                    default -> byCause(failure, detail);
                },
                failure);
    }

    private String byCause(JSchException failure, String detail) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The name in " + who() + " cannot be resolved";
            }
            if (cause instanceof SocketTimeoutException) {
                return noAnswer();
            }
            if (cause instanceof NoRouteToHostException) {
                return "There is no network route to " + who();
            }
            if (cause instanceof ConnectException) {
                return who() + " refused the connection. Check that sshd is running on this port";
            }
        }
        String lower = detail.toLowerCase(Locale.ROOT);
        if (lower.contains("auth fail") || lower.contains("auth cancel") || lower.contains("too many authentication")) {
            return who() + " rejected the key " + source.key() + ". Add its public key to the authorized_keys file of "
                    + source.user();
        }
        if (lower.contains("timeout") || lower.contains("timed out")) {
            return noAnswer();
        }
        return "The login to " + who() + " failed: " + DiskUnknownException.singleLine(detail)
                + ". Check that an SSH server listens there";
    }

    private String noAnswer() {
        return who()
                + " did not respond in time. Check that the machine is running and that no firewall blocks the"
                + " connection";
    }
}
