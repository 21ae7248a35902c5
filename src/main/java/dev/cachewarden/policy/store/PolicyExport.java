package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyView.Content;
import java.util.List;
import java.util.Locale;

/**
 * A policy in another format.
 *
 * @param fileName the usual name of such a file
 * @param content the content of the file
 * @param notes features that the format lacks, each as a sentence; a rule is omitted if the export without a feature would delete more
 */
public record PolicyExport(String fileName, String content, List<String> notes) {

    public PolicyExport {
        notes = List.copyOf(notes);
    }

    /** The format of the export. */
    public enum Format {
        DAEMON_JSON("daemon.json"),
        BUILDKITD_TOML("buildkitd.toml"),
        YAML("yaml");

        private final String written;

        Format(String written) {
            this.written = written;
        }

        public String written() {
            return written;
        }

        /**
         * Parses a format.
         *
         * @throws IllegalArgumentException with a message for the author of the text
         */
        public static Format of(String text) {
            for (var format : values()) {
                if (format.written.equals(text.strip().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw new IllegalArgumentException(
                    "'" + text + "' is not an export format; use daemon.json, buildkitd.toml or yaml");
        }
    }

    public static PolicyExport of(Content policy, Format format) {
        return switch (format) {
            case DAEMON_JSON -> DaemonJson.export(policy);
            case BUILDKITD_TOML -> BuildkitdToml.export(policy);
            case YAML -> PolicyYaml.export(policy);
        };
    }
}
