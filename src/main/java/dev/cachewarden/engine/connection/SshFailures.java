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
        return new DiskUnknownException("There is no readable file " + knownHosts
                + ", so no host's key is known and none is logged in to. Put there what " + scan()
                + " prints, once compared with the host's own");
    }

    DiskUnknownException noKey() {
        return new DiskUnknownException(
                "The key " + source.key() + " of " + who() + " is not there or may not be read by Cachewarden");
    }

    DiskUnknownException encryptedKey() {
        return new DiskUnknownException("The key " + source.key() + " of " + who()
                + " is encrypted; give one without a passphrase that may do nothing but df");
    }

    DiskUnknownException badKey(JSchException failure) {
        return new DiskUnknownException(
                "The file " + source.key() + " of " + who() + " holds no private key that can be read: "
                        + DiskUnknownException.said(failure.getMessage()),
                failure);
    }

    DiskUnknownException exit(int status, String errors) {
        return new DiskUnknownException(
                who() + " could not run df: " + (errors.isBlank() ? "it ended" : DiskUnknownException.said(errors))
                        + " (exit status " + status + ")");
    }

    DiskUnknownException tooMuch(int bytes) {
        return new DiskUnknownException(who() + " answered with more than " + bytes / 1024
                + " KiB where df says a few lines. What runs there?");
    }

    DiskUnknownException broken(IOException failure) {
        return new DiskUnknownException(
                who() + " broke the connection off: " + DiskUnknownException.said(String.valueOf(failure.getMessage())),
                failure);
    }

    DiskUnknownException of(JSchException failure) {
        String said = String.valueOf(failure.getMessage());
        return new DiskUnknownException(
                switch (failure) {
                    case JSchUnknownHostKeyException unknown ->
                        "The host key of " + who() + " is not in " + knownHosts
                                + ", so it was not logged in to. Add what " + scan()
                                + " prints, once compared with the host's own";
                    case JSchChangedHostKeyException changed ->
                        "The host key of " + who() + " is another than the one in " + knownHosts
                                + ", so it was not logged in to. Either the host was set up anew, or somebody stands"
                                + " between";
                    case JSchRevokedHostKeyException revoked ->
                        "The host key of " + who() + " is marked as revoked in " + knownHosts
                                + ", so it was not logged in to";
                    case JSchAlgoNegoFailException none ->
                        who() + " speaks no algorithm that is accepted here: " + DiskUnknownException.said(said);
                    default -> byCause(failure, said);
                },
                failure);
    }

    private String byCause(JSchException failure, String said) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The name in " + who() + " does not resolve";
            }
            if (cause instanceof SocketTimeoutException) {
                return noAnswer();
            }
            if (cause instanceof NoRouteToHostException) {
                return "No way leads to " + who();
            }
            if (cause instanceof ConnectException) {
                return who() + " refused the connection. Is sshd running there, and on this port?";
            }
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("auth fail") || lower.contains("auth cancel") || lower.contains("too many authentication")) {
            return who() + " does not accept the key " + source.key()
                    + ". Is its public half in the authorized_keys of " + source.user() + "?";
        }
        if (lower.contains("timeout") || lower.contains("timed out")) {
            return noAnswer();
        }
        return who() + " could not be logged in to: " + DiskUnknownException.said(said)
                + ". Is it an SSH server that listens there?";
    }

    private String noAnswer() {
        return who() + " did not answer in time. Is the machine up, and does a firewall stand between?";
    }
}
