package dev.cachewarden.host;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The source of a host's free disk space. It measures the disk of the engine's data root, or of a directory after a {@code #}. The
 * directory is for engines that do not report their data root (every buildkitd) or report a different one (an engine within a container).
 */
public sealed interface DiskSource {

    DiskSource LOCAL = new LocalFileSystem();

    /** Returns the source in the form that users enter and {@link #parse} reads; empty for the local file system. */
    String text();

    /** This machine, if Cachewarden can access the engine's data root and verify it. */
    record LocalFileSystem() implements DiskSource {
        @Override
        public String text() {
            return "";
        }
    }

    /**
     * A Prometheus node_exporter on the host.
     *
     * @param address address of its metrics, {@code http} or {@code https}
     * @param folder directory on the host, or null for the engine's data root
     */
    record NodeExporter(URI address, @Nullable String folder) implements DiskSource {
        @Override
        public String text() {
            return address + fragment(folder);
        }
    }

    /**
     * {@code df} over SSH, with a key. The host key must already be known.
     *
     * @param key file of the private key, on the machine that Cachewarden runs on
     * @param folder directory on the host, or null for the engine's data root
     */
    record Ssh(
            String user,
            String host,
            int port,
            Path key,
            @Nullable String folder) implements DiskSource {

        public static final int USUAL_PORT = 22;

        @Override
        public String text() {
            return "ssh://" + user + "@" + (host.contains(":") ? "[" + host + "]" : host)
                    + (port == USUAL_PORT ? "" : ":" + port) + fragment(folder);
        }
    }

    private static String fragment(@Nullable String folder) {
        return folder == null ? "" : "#" + folder;
    }

    /**
     * Parses a source.
     *
     * @param text null or blank for the local file system
     * @param key SSH key, or null for none
     * @throws IllegalArgumentException with a message for the user
     */
    static DiskSource parse(@Nullable String text, @Nullable Path key) {
        if (text == null || text.isBlank()) {
            return LOCAL;
        }
        return SourceText.of(text.strip()).source(key);
    }

    /** Returns true if the entered source needs a key. */
    static boolean needsKey(@Nullable String text) {
        return text != null && text.strip().toLowerCase(Locale.ROOT).startsWith("ssh:");
    }
}
