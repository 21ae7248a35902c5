package dev.cachewarden.host;

import static io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A host as a user entered it, over REST or in a form. Nothing is checked yet.
 *
 * <p>Responses contain further fields. They are read-only and ignored here, so that a client can change a response and send it back.
 *
 * @param name name of the host
 * @param kind name of a {@link HostKind}, or null for a Docker Engine
 * @param address {@code unix:///path} or {@code tcp://name:port}
 * @param tls files for mutual TLS, or null for an unencrypted connection
 * @param labels labels of the host, or null for none
 * @param pollInterval duration in the format of {@link Durations}, or null for one minute
 * @param enabled null means true
 * @param freeDiskFrom source in the format of {@link DiskSource#parse}; null or blank for the local file system
 * @param freeDiskKey absolute path of the private key for {@code ssh://}; null or blank for none
 */
@JsonIgnoreProperties({
    "id",
    "engineId",
    "reachability",
    "capabilities",
    "disk",
    "builders",
    "sameEngineAs",
    "configFile"
})
public record HostInput(
        @Schema(requiredMode = REQUIRED, example = "builder-1") @Nullable
        String name,

        @Nullable String kind,

        @Schema(requiredMode = REQUIRED, example = "unix:///var/run/docker.sock") @Nullable
        String address,

        @Nullable Tls tls,
        @Nullable Map<String, String> labels,
        @Nullable String pollInterval,
        @Nullable Boolean enabled,
        @Nullable String freeDiskFrom,
        @Nullable String freeDiskKey) {

    private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(1);

    /**
     * Paths of PEM files on the machine that Cachewarden runs on. Blank paths count as missing. If all are missing, the connection is
     * unencrypted.
     */
    public record Tls(
            @Nullable String ca,
            @Nullable String certificate,
            @Nullable String key) {}

    /**
     * Parses all fields.
     *
     * @throws InvalidInputException naming each field that is unreadable or breaks a rule
     */
    public HostDraft toDraft() {
        var problems = new ArrayList<FieldProblem>();
        String readName = name(problems);
        var readKind = kind(problems);
        var readAddress = address(problems);
        var readLabels = labels(problems);
        var interval = interval(problems);
        var disk = freeDisk(problems);
        if (readAddress == null || !problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        var draft = new HostDraft(
                new HostConnection(readName, readKind, readAddress, disk),
                readLabels,
                interval,
                enabled == null || enabled);
        problems.addAll(draft.problems());
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return draft;
    }

    private String name(List<FieldProblem> problems) {
        if (name == null || name.isBlank()) {
            problems.add(new FieldProblem("name", "must not be blank"));
            return "";
        }
        return name.strip();
    }

    private Map<String, String> labels(List<FieldProblem> problems) {
        if (labels == null) {
            return Map.of();
        }
        var read = new TreeMap<String, String>();
        labels.forEach((key, value) -> {
            // JSON can contain null values, although the Java type does not allow them.
            if (Objects.isNull(value)) {
                problems.add(new FieldProblem("labels", "Label '" + key + "' has no value; write key=value"));
            } else {
                read.put(key, value);
            }
        });
        return read;
    }

    private Duration interval(List<FieldProblem> problems) {
        try {
            return pollInterval == null || pollInterval.isBlank() ? DEFAULT_INTERVAL : Durations.parse(pollInterval);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("pollInterval", String.valueOf(e.getMessage())));
            return DEFAULT_INTERVAL;
        }
    }

    private HostKind kind(List<FieldProblem> problems) {
        if (kind == null || kind.isBlank()) {
            return HostKind.DOCKER_ENGINE;
        }
        for (var known : HostKind.values()) {
            if (known.name().equals(kind)) {
                return known;
            }
        }
        problems.add(new FieldProblem("kind", "'" + kind + "' is not a host type; use DOCKER_ENGINE or BUILDKITD"));
        return HostKind.DOCKER_ENGINE;
    }

    private @Nullable HostAddress address(List<FieldProblem> problems) {
        var files = tlsFiles(problems);
        if (address == null || address.isBlank()) {
            problems.add(new FieldProblem(
                    "address", "must not be blank; write unix:///path/to/docker.sock or tcp://name:port"));
            return null;
        }
        try {
            return HostAddress.parse(address, files);
        } catch (InvalidPathException e) {
            problems.add(new FieldProblem("address", "'" + e.getInput() + "' is not a path"));
            return null;
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("address", String.valueOf(e.getMessage())));
            return null;
        }
    }

    private DiskSource freeDisk(List<FieldProblem> problems) {
        int before = problems.size();
        var key = isBlank(freeDiskKey) ? null : path("freeDiskKey", freeDiskKey, problems);
        if (key == null && DiskSource.needsKey(freeDiskFrom) && problems.size() == before) {
            problems.add(new FieldProblem("freeDiskKey", "SSH requires a private key file; enter its absolute path"));
        } else if (key != null && isBlank(freeDiskFrom)) {
            problems.add(new FieldProblem("freeDiskKey", "can be set only with an ssh:// address"));
        }
        if (problems.size() > before) {
            return DiskSource.LOCAL;
        }
        try {
            return DiskSource.parse(freeDiskFrom, key);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("freeDiskFrom", String.valueOf(e.getMessage())));
            return DiskSource.LOCAL;
        }
    }

    private @Nullable TlsFiles tlsFiles(List<FieldProblem> problems) {
        if (tls == null || (isBlank(tls.ca) && isBlank(tls.certificate) && isBlank(tls.key))) {
            return null;
        }
        var ca = path("tls.ca", tls.ca, problems);
        var certificate = path("tls.certificate", tls.certificate, problems);
        var key = path("tls.key", tls.key, problems);
        return ca == null || certificate == null || key == null ? null : new TlsFiles(ca, certificate, key);
    }

    private static @Nullable Path path(String field, @Nullable String text, List<FieldProblem> problems) {
        if (text == null || text.isBlank()) {
            problems.add(new FieldProblem(field, "TLS requires all three files: ca, certificate, and key"));
            return null;
        }
        try {
            var path = Path.of(text.strip());
            if (path.isAbsolute()) {
                return path;
            }
            problems.add(new FieldProblem(field, "'" + text + "' is not absolute; enter the absolute path"));
        } catch (InvalidPathException e) {
            problems.add(new FieldProblem(field, "'" + text.replace("\0", "") + "' is not a path"));
        }
        return null;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
