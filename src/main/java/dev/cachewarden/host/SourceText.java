package dev.cachewarden.host;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a {@link DiskSource} that a user entered. */
record SourceText(String text, URI uri, @Nullable String folder) {

    /** The allowed characters of a user name. The name does not become part of a command, but an early check reports typos better. */
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9._][A-Za-z0-9._+-]{0,63}");

    static SourceText of(String text) {
        int hash = text.indexOf('#');
        String folder = hash < 0 ? null : text.substring(hash + 1);
        String address = hash < 0 ? text : text.substring(0, hash);
        if (folder != null && (!folder.startsWith("/") || folder.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException("'" + clean(folder)
                    + "' is not a directory on the host; write its absolute path after the #, such as"
                    + " #/var/lib/docker");
        }
        try {
            var uri = new URI(address);
            if (uri.getScheme() == null || uri.getHost() == null) {
                throw notASource(text);
            }
            return new SourceText(text, uri, folder);
        } catch (URISyntaxException e) {
            throw notASource(text);
        }
    }

    DiskSource source(@Nullable Path key) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http", "https" -> nodeExporter(key);
            case "ssh" -> ssh(key);
            default -> throw notASource(text);
        };
    }

    private DiskSource nodeExporter(@Nullable Path key) {
        if (uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "contains a user name or password, which every user of Cachewarden could see; use an address"
                            + " without them");
        }
        if (key != null) {
            throw new IllegalArgumentException("A node_exporter uses no SSH key; leave that field empty");
        }
        checkPort();
        return new DiskSource.NodeExporter(uri, folder);
    }

    private DiskSource ssh(@Nullable Path key) {
        String user = uri.getUserInfo();
        if (user != null && user.contains(":")) {
            // Do not show the text, because it contains a password.
            throw new IllegalArgumentException("'ssh://" + uri.getHost()
                    + "' contains a password, which is not supported; write ssh://user@name or"
                    + " ssh://user@name:port");
        }
        if (user == null || !USER.matcher(user).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' contains no valid user name; write ssh://user@name or ssh://user@name:port");
        }
        String path = uri.getPath();
        if ((path != null && !path.isEmpty() && !path.equals("/")) || uri.getQuery() != null) {
            throw new IllegalArgumentException(
                    "'" + text + "' has a path or a query; write a directory after a #, such as #/var/lib/docker");
        }
        if (key == null) {
            throw new IllegalArgumentException("SSH requires a private key file; enter its absolute path");
        }
        checkPort();
        int port = uri.getPort() < 0 ? DiskSource.Ssh.USUAL_PORT : uri.getPort();
        return new DiskSource.Ssh(user, uri.getHost().replaceAll("^\\[|]$", ""), port, key, folder);
    }

    private void checkPort() {
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("Port " + uri.getPort() + " is not between 1 and 65535");
        }
    }

    private static IllegalArgumentException notASource(String text) {
        return new IllegalArgumentException("'" + clean(text)
                + "' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name,"
                + " or leave it empty for the local file system");
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
