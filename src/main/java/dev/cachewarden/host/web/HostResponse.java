package dev.cachewarden.host.web;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostInput;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WatchedHost} in JSON.
 *
 * @param freeDiskFrom source of its free disk space; empty for the local file system
 * @param freeDiskKey path of the private key for {@code ssh://}, or null for none
 * @param disk last reading of the disk of its data root, or null before the first one
 * @param sameEngineAs other hosts that lead to the same engine: one cache with several addresses
 * @param configFile path of the configuration file that manages it, the only place to change it; null if users manage it
 */
record HostResponse(
        long id,
        String name,
        HostKind kind,
        String address,
        HostInput.@Nullable Tls tls,
        Map<String, String> labels,
        Duration pollInterval,
        boolean enabled,
        String freeDiskFrom,
        @Nullable String freeDiskKey,
        @Nullable String engineId,
        ReachabilityResponse reachability,
        @Nullable CapabilitiesResponse capabilities,
        @Nullable DiskResponse disk,
        List<BuilderResponse> builders,
        List<OtherHost> sameEngineAs,
        @Nullable String configFile) {

    /**
     * A {@link Reachability} in JSON.
     *
     * @param cause kind of the problem, or null unless unreachable
     * @param message description of the problem, or null unless unreachable
     * @param state state of the connection
     */
    record ReachabilityResponse(
            String state,
            Instant since,
            HostProblem.@Nullable Cause cause,
            @Nullable String message) {}

    /** A {@link Builder} in JSON. */
    record BuilderResponse(long id, String name, String driver) {}

    /** The ID and the name of another host. */
    record OtherHost(long id, String name) {}

    static HostResponse of(WatchedHost host, List<WatchedHost> withSameEngine) {
        var address = host.connection().address();
        var found = host.capabilities();
        var source = host.connection().freeDiskFrom();
        return new HostResponse(
                host.id().value(),
                host.name(),
                host.connection().kind(),
                address.text(),
                address instanceof HostAddress.TlsTcp tcp ? of(tcp.files()) : null,
                new TreeMap<>(host.labels()),
                host.pollInterval(),
                host.enabled(),
                source.text(),
                source instanceof DiskSource.Ssh ssh ? ssh.key().toString() : null,
                host.engineId(),
                of(host.reachability()),
                found == null ? null : CapabilitiesResponse.of(found),
                host.disk() == null ? null : DiskResponse.of(host.disk()),
                host.builders().stream()
                        .map(b -> new BuilderResponse(b.id().value(), b.name(), b.driver()))
                        .toList(),
                withSameEngine.stream()
                        .filter(other -> !other.id().equals(host.id()))
                        .map(other -> new OtherHost(other.id().value(), other.name()))
                        .toList(),
                host.configFile());
    }

    private static HostInput.Tls of(TlsFiles files) {
        return new HostInput.Tls(
                files.ca().toString(),
                files.certificate().toString(),
                files.key().toString());
    }

    private static ReachabilityResponse of(Reachability reachability) {
        return switch (reachability) {
            case Reachability.Unknown unknown -> new ReachabilityResponse("UNKNOWN", unknown.since(), null, null);
            case Reachability.Reachable reachable ->
                new ReachabilityResponse("REACHABLE", reachable.since(), null, null);
            case Reachability.Unreachable down ->
                new ReachabilityResponse(
                        "UNREACHABLE",
                        down.since(),
                        down.problem().cause(),
                        down.problem().message());
        };
    }
}
