package dev.cachewarden.testing;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Hosts as tests of several packages need them. */
public final class HostFixtures {

    /** When all fixtures were probed. */
    public static final Instant PROBED_AT = Instant.parse("2026-03-01T08:00:00Z");

    private HostFixtures() {}

    /** What a probe finds on a Docker Engine 28.5, with this engine id. */
    public static HostCapabilities engine(String engineId) {
        return new HostCapabilities(
                PROBED_AT,
                engineId,
                "28.5.2",
                "1.51",
                "v0.25.1",
                BuildKitUse.DEFAULT,
                ControlAccess.UPGRADE,
                "/var/lib/docker",
                "overlay2",
                false,
                "Debian GNU/Linux 13 (trixie), x86_64",
                List.of(new GcPolicy(
                        false,
                        List.of("type==source.local"),
                        Duration.ofHours(48),
                        ByteSize.ZERO,
                        ByteSize.parse("512MB"),
                        ByteSize.ZERO)),
                List.of("Something a person should read."));
    }

    /** A Docker Engine at a plain TCP address, polled each minute. */
    public static HostDraft draft(String name, String address) {
        return new HostDraft(connection(name, address), Map.of("env", "ci"), Duration.ofMinutes(1), true);
    }

    public static HostConnection connection(String name, String address) {
        return new HostConnection(name, HostKind.DOCKER_ENGINE, HostAddress.parse(address, null));
    }
}
