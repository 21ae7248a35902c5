package dev.cachewarden.run;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host of a {@link FakeFleet} with one builder; both have the same id. */
public final class FakeHost {

    private final HostId id;
    private final InstantSource clock;
    public Map<String, CacheRecord> records = new LinkedHashMap<>();
    public Map<String, String> labels = Map.of();
    public boolean enabled = true;
    public @Nullable String engineId;
    public Instant readAt;
    public @Nullable HostProblem problem;
    public boolean knownUnreachable;

    /** Under its data root; null: not to be seen. */
    public @Nullable ByteSize diskFree;

    /** What was last said of its disk; null: what is so now. */
    public @Nullable DiskReading lastDisk;

    FakeHost(long id, String engineId, InstantSource clock) {
        this.id = new HostId(id);
        this.engineId = engineId;
        this.clock = clock;
        this.readAt = clock.instant();
    }

    HostId id() {
        return id;
    }

    public BuilderId builder() {
        return new BuilderId(id.value());
    }

    public FakeHost with(CacheRecord... added) {
        for (var record : added) {
            records.put(record.id(), record);
        }
        return this;
    }

    public void unreachable() {
        problem = new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens at the address.");
    }

    /** The cache as it was when it was last read. */
    CacheSnapshot snapshot() {
        return new CacheSnapshot(builder(), readAt, new ArrayList<>(records.values()));
    }

    boolean childless(String id) {
        return records.values().stream().noneMatch(record -> record.parents().contains(id));
    }

    WatchedHost view() {
        var connection =
                new HostConnection("host-" + id, HostKind.DOCKER_ENGINE, HostAddress.parse("tcp://127.0.0.1:1", null));
        return new WatchedHost(
                id,
                connection,
                labels,
                Duration.ofMinutes(1),
                enabled,
                engineId,
                engineId == null ? null : capabilities(engineId),
                problem != null && knownUnreachable
                        ? new Reachability.Unreachable(clock.instant(), problem)
                        : new Reachability.Reachable(clock.instant()),
                engineId == null ? List.of() : List.of(new Builder(builder(), id, "default", "docker")),
                null,
                lastDisk == null ? disk() : lastDisk);
    }

    DiskReading disk() {
        return diskFree == null
                ? new DiskReading.Unknown(clock.instant(), "Its disk is not to be seen.")
                : new DiskReading.Known(clock.instant(), new DiskSpace(new ByteSize(Long.MAX_VALUE), diskFree));
    }

    private HostCapabilities capabilities(String engine) {
        return new HostCapabilities(
                clock.instant(),
                engine,
                "28.5.2",
                "1.51",
                "0.25",
                BuildKitUse.DEFAULT,
                ControlAccess.UPGRADE,
                null,
                null,
                false,
                null,
                List.of(),
                List.of());
    }
}
