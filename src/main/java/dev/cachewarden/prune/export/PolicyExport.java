package dev.cachewarden.prune.export;

import dev.cachewarden.prune.PolicyView.Content;
import java.util.List;
import java.util.Locale;

/**
 * A policy in another form.
 *
 * @param fileName what such a file is called
 * @param content of the file
 * @param notes what the form cannot say, each a sentence; where leaving something out would delete more, the rule is left out
 */
public record PolicyExport(String fileName, String content, List<String> notes) {

    public PolicyExport {
        notes = List.copyOf(notes);
    }

    /** Which form. */
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

        /** @throws IllegalArgumentException with a message for the person who wrote it */
        public static Format of(String text) {
            for (var format : values()) {
                if (format.written.equals(text.strip().toLowerCase(Locale.ROOT))) {
                    return format;
                }
            }
            throw new IllegalArgumentException("'" + text + "' is none of daemon.json, buildkitd.toml, yaml");
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
