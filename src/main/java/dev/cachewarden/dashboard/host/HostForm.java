package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostInput;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host as entered in the form. If the input is invalid, the page shows it again unchanged.
 *
 * @param labels labels as {@code key=value}, one per line or separated by commas
 */
public record HostForm(
        @Nullable String name,
        @Nullable String kind,
        @Nullable String address,
        @Nullable String tlsCa,
        @Nullable String tlsCertificate,
        @Nullable String tlsKey,
        @Nullable String labels,
        @Nullable String pollInterval,
        @Nullable Boolean enabled,
        @Nullable String freeDiskFrom,
        @Nullable String freeDiskKey) {

    static final HostForm EMPTY =
            new HostForm("", HostKind.DOCKER_ENGINE.name(), "", "", "", "", "", "1m", true, "", "");

    static HostForm of(WatchedHost host) {
        var address = host.connection().address();
        var source = host.connection().freeDiskFrom();
        var files = address instanceof HostAddress.TlsTcp tls ? tls.files() : null;
        return new HostForm(
                host.name(),
                host.connection().kind().name(),
                address.text(),
                files == null ? "" : files.ca().toString(),
                files == null ? "" : files.certificate().toString(),
                files == null ? "" : files.key().toString(),
                host.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n")),
                Durations.format(host.pollInterval()),
                host.enabled(),
                source.text(),
                source instanceof DiskSource.Ssh ssh ? ssh.key().toString() : "");
    }

    HostInput toInput() {
        return new HostInput(
                name,
                kind,
                address,
                new HostInput.Tls(tlsCa, tlsCertificate, tlsKey),
                readLabels(),
                pollInterval,
                enabled != null && enabled,
                freeDiskFrom,
                freeDiskKey);
    }

    private Map<String, String> readLabels() {
        var read = new LinkedHashMap<String, String>();
        for (String label : (labels == null ? "" : labels).split("[,\\n]")) {
            if (!label.isBlank()) {
                int at = label.indexOf('=');
                if (at < 0) {
                    throw new InvalidInputException(
                            "labels", "must contain key=value pairs, but '" + label.strip() + "' is not one");
                }
                read.put(label.substring(0, at).strip(), label.substring(at + 1).strip());
            }
        }
        return read;
    }
}
