package dev.cachewarden.host.disk;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for the free disk of a host. What is asked for is the disk under the engine's data root, or under a folder given after a
 * {@code #}, for those that do not tell theirs (every buildkitd) or tell another's (an engine within a container).
 */
public sealed interface DiskSource {

    DiskSource LOCAL = new LocalFileSystem();

    /** As a person writes it, and as {@link #parse} reads it; empty for the local file system. */
    String text();

    /** This machine, where the engine's data root can be seen from here with certainty. */
    record LocalFileSystem() implements DiskSource {
        @Override
        public String text() {
            return "";
        }
    }

    /**
     * A Prometheus node_exporter on the host.
     *
     * @param address of its metrics, {@code http} or {@code https}
     * @param folder null: the engine's data root
     */
    record NodeExporter(URI address, @Nullable String folder) implements DiskSource {
        @Override
        public String text() {
            return address + fragment(folder);
        }
    }

    /**
     * {@code df} over SSH, with a key. The host's own key has to be known beforehand.
     *
     * @param key file of the private key, on the machine Cachewarden runs on
     * @param folder null: the engine's data root
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
     * Reads a source.
     *
     * @param text null or blank: the local file system
     * @param key of SSH; null: none given
     * @throws IllegalArgumentException with a message for the person who wrote it
     */
    static DiskSource parse(@Nullable String text, @Nullable Path key) {
        if (text == null || text.isBlank()) {
            return LOCAL;
        }
        return SourceText.of(text.strip()).source(key);
    }

    /** Whether a source as written needs a key. */
    static boolean needsKey(@Nullable String text) {
        return text != null && text.strip().toLowerCase(Locale.ROOT).startsWith("ssh:");
    }
}
