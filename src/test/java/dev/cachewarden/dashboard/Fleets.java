package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.GcPolicy;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up hosts with caches like real ones, the same each time. */
public final class Fleets {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final long MIB = 1L << 20;

    private final FakeHosts hosts;
    private final FakeHistory history;

    Fleets(FakeHosts hosts, FakeHistory history) {
        this.hosts = hosts;
        this.history = history;
    }

    void clear() {
        hosts.clear();
        history.clear();
    }

    /** Six hosts, each in a state of its own. */
    void six() {
        clear();
        add(
                1,
                "ci-frankfurt-01",
                Map.of("env", "ci", "site", "fra"),
                healthy(),
                NOW.minusSeconds(12),
                300,
                disk(500, 231));
        add(
                2,
                "ci-frankfurt-02",
                Map.of("env", "ci", "site", "fra"),
                healthy(),
                NOW.minusSeconds(40),
                140,
                disk(500, 38));
        add(
                3,
                "builder-old",
                Map.of("env", "legacy"),
                new Reachability.Unreachable(
                        NOW.minus(Duration.ofMinutes(14)),
                        new HostProblem(
                                HostProblem.Cause.TIMEOUT,
                                "builder-old did not respond within 20 s at tcp://builder-old.internal:2376. The engine"
                                        + " may be overloaded")),
                NOW.minus(Duration.ofMinutes(15)),
                90,
                null);
        add(4, "desk-anna", Map.of(), healthy(), NOW.minus(Duration.ofHours(3)), 25, null);
        add(5, "gpu-node-7", Map.of("env", "ml"), healthy(), NOW.minusSeconds(5), 60, disk(2000, 900));
        hosts.put(withSilentExporter(hosts.find(new HostId(5)).orElseThrow()));
        var fresh = host(6, "new-host", Map.of(), new Reachability.Unknown(NOW.minusSeconds(3)), null);
        hosts.put(new WatchedHost(
                fresh.id(),
                fresh.connection(),
                Map.of(),
                fresh.pollInterval(),
                true,
                null,
                null,
                fresh.reachability(),
                List.of(),
                FakeConfiguration.FILE,
                null));
    }

    /** Gives the first host, beside what it has, what the second build of {@link MadeBuilds} made, and a COPY of the first. */
    void holdResults() {
        var builder = new BuilderId(10);
        var before = history.snapshot(builder).orElseThrow();
        var began = NOW.minus(Duration.ofHours(3));
        var records = new ArrayList<>(before.records());
        records.add(
                made("manifest", "[build 3/5] COPY package.json package-lock.json ./", began.minusSeconds(9_000), 1));
        records.add(made("install", "mount / from exec /bin/sh -c npm ci", began.minusSeconds(8_000), 310, "manifest"));
        records.add(made("files-old", "[build 5/5] COPY . .", began.minusSeconds(7_000), 12, "install"));
        records.add(made("files", "[build 5/5] COPY . .", began.plusMillis(425), 13, "install"));
        records.add(made("bundle", "mount / from exec /bin/sh -c npm run build", began.plusMillis(6_426), 48, "files"));
        var series = history.series(builder, Instant.EPOCH, NOW.plusSeconds(1), 1);
        history.put(new CacheSnapshot(builder, before.takenAt(), records), series);
    }

    private static CacheRecord made(String id, String description, Instant at, long mib, String... parents) {
        return new CacheRecord(
                id,
                RecordType.REGULAR,
                List.of(parents),
                description,
                false,
                id.equals("bundle"),
                false,
                new ByteSize(mib * MIB),
                at,
                null,
                0);
    }

    /** As many hosts as are asked for, for the heat grid. */
    void many(int count) {
        clear();
        for (int i = 1; i <= count; i++) {
            var reachability = i % 17 == 0
                    ? new Reachability.Unreachable(
                            NOW, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens there."))
                    : healthy();
            add(
                    i,
                    "builder-%04d".formatted(i),
                    Map.of("env", "ci"),
                    reachability,
                    NOW.minusSeconds(i % 60),
                    1 + i % 7,
                    disk(500, 300));
        }
    }

    /** Replaces all hosts by reachable ones with room on their disks. */
    void healthy(int count) {
        reachable(count, disk(500, 300));
    }

    /** Replaces all hosts by reachable ones whose disks were never measured. */
    void withoutDisks(int count) {
        reachable(count, null);
    }

    private void reachable(int count, @Nullable DiskSpace disk) {
        clear();
        for (int i = 1; i <= count; i++) {
            add(i, "builder-%04d".formatted(i), Map.of(), healthy(), NOW.minusSeconds(5), 20, disk);
        }
    }

    private void add(
            long id,
            String name,
            Map<String, String> labels,
            Reachability reachability,
            Instant takenAt,
            int records,
            @Nullable DiskSpace disk) {
        var host = hosts.put(host(id, name, labels, reachability, disk));
        var builder = host.builders().getFirst().id();
        var now = records(id, records, takenAt);
        history.put(new CacheSnapshot(builder, takenAt, now), samples(builder, now, takenAt));
    }

    /** A day of samples, one each ten minutes, growing and once pruned. */
    private static List<UsageSample> samples(BuilderId builder, List<CacheRecord> last, Instant takenAt) {
        var samples = new ArrayList<UsageSample>();
        for (int step = 143; step >= 0; step--) {
            int part = step > 60 ? Math.max(1, last.size() * (220 - step) / 160) : last.size() * (160 - step) / 160;
            var usage = CacheUsage.of(last.subList(0, Math.min(last.size(), Math.max(1, part))));
            samples.add(new UsageSample(
                    builder,
                    takenAt.minus(Duration.ofMinutes(10L * step)),
                    Duration.ZERO,
                    usage,
                    usage.total().size()));
        }
        return samples;
    }

    private static List<CacheRecord> records(long host, int count, Instant now) {
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < count; i++) {
            var kind = KINDS.get(i % KINDS.size());
            var parent = i % 4 == 3 ? List.of(id(host, i - 1)) : List.<String>of();
            records.add(new CacheRecord(
                    id(host, i),
                    kind.type(),
                    parent,
                    kind.type().equals(RecordType.EXEC_CACHEMOUNT)
                            ? MOUNTS.get(i / KINDS.size() % MOUNTS.size())
                            : kind.description(),
                    i % 29 == 5,
                    i % 7 == 2,
                    kind.type().equals(RecordType.EXEC_CACHEMOUNT),
                    new ByteSize((kind.mib() * MIB * (i % 9 + 1)) + 4096L * i),
                    now.minus(Duration.ofHours(9L * (i % 60) + 2)),
                    i % 11 == 4 ? null : now.minus(Duration.ofHours(5L * (i % 60) + 1)),
                    i % 11 == 4 ? 0 : 1 + i % 40));
        }
        return records;
    }

    private static final List<String> MOUNTS = List.of(
            "cached mount /root/.m2 from exec /bin/sh -c mvn -B -q package with id \"//root/.m2\"",
            "cached mount /root/.cache/pip from exec /bin/sh -c pip install -r requirements.txt with id \"pip\"",
            "cached mount /home/jenkins/.cache/pip from exec /bin/sh -c pip install . with id \"pip\"",
            "cached mount /var/cache/apt/with/a/very-long-path-that-does-not-fit-on-a-phone from exec /bin/sh -c apt-get update",
            "a mount from a newer BuildKit");

    private record Kind(RecordType type, String description, long mib) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    RecordType.REGULAR,
                    "[build 4/7] RUN apt-get update && apt-get install -y --no-install-recommends build-essential git cmake ninja-build pkg-config libssl-dev",
                    412),
            new Kind(
                    RecordType.EXEC_CACHEMOUNT,
                    "cached mount /root/.m2 from exec /bin/sh -c mvn -B -q package with id \"//root/.m2\"",
                    690),
            new Kind(RecordType.SOURCE_LOCAL, "local source for context", 52),
            new Kind(RecordType.REGULAR, "[build 6/7] COPY src ./src", 3),
            new Kind(
                    RecordType.REGULAR,
                    "pulled from docker.io/library/eclipse-temurin:25-jdk@sha256:7f1b9c0ad1e5",
                    180),
            new Kind(
                    RecordType.SOURCE_GIT_CHECKOUT,
                    "git snapshot for https://git.example.com/platform/very-long-repository-name.git#refs/heads/main",
                    64),
            new Kind(RecordType.FRONTEND, "pulled from docker.io/docker/dockerfile:1", 13));

    static String id(long host, int number) {
        // Like BuildKit's: 25 letters and digits, without an order anybody could see.
        return Long.toString((host * 4096 + number) * 7_919_993_351L % 3_656_158_440_062_976L, 36)
                + "q7m2w9xk4z1v8t5b3c6n".substring(0, 15);
    }

    static WatchedHost host(
            long id, String name, Map<String, String> labels, Reachability reachability, @Nullable DiskSpace disk) {
        var address = id == 1
                ? HostAddress.parse("unix:///var/run/docker.sock", null)
                : HostAddress.parse("tcp://" + name + ".internal:2375", null);
        var engine = "ENGINE-" + id;
        var plain = capabilities(engine, id == 3 ? "20.10.24" : "28.5.2");
        return new WatchedHost(
                new HostId(id),
                new HostConnection(name, HostKind.DOCKER_ENGINE, address),
                labels,
                Duration.ofMinutes(1),
                true,
                engine,
                plain,
                reachability,
                List.of(new Builder(new BuilderId(id * 10), new HostId(id), "default", "docker")),
                null,
                disk == null ? null : new DiskReading.Known(NOW.minusSeconds(5), disk));
    }

    static HostCapabilities capabilities(String engineId, String version) {
        boolean old = version.startsWith("20");
        return new HostCapabilities(
                NOW.minus(Duration.ofHours(2)),
                engineId,
                version,
                old ? "1.41" : "1.51",
                old ? "0.8.3 (by engine version)" : "0.25.1",
                old ? BuildKitUse.ON_REQUEST : BuildKitUse.DEFAULT,
                ControlAccess.UPGRADE,
                "/var/lib/docker",
                "overlay2",
                false,
                "Debian GNU/Linux 12 (bookworm), x86_64",
                old ? List.of() : GC,
                old
                        ? List.of("Builds on this engine use BuildKit only if DOCKER_BUILDKIT=1 is set. BuildKit is"
                                + " the default since"
                                + " Engine 23.0")
                        : List.of());
    }

    private static final List<GcPolicy> GC = List.of(
            new GcPolicy(
                    false,
                    List.of("type==source.local,type==exec.cachemount,type==source.git.checkout"),
                    Duration.ofHours(48),
                    ByteSize.ZERO,
                    new ByteSize(2_764_800_000L),
                    ByteSize.ZERO),
            new GcPolicy(
                    false,
                    List.of(),
                    Duration.ofDays(60),
                    ByteSize.parse("20GiB"),
                    ByteSize.parse("75GiB"),
                    ByteSize.parse("16GiB")),
            new GcPolicy(
                    true,
                    List.of(),
                    Duration.ZERO,
                    ByteSize.parse("20GiB"),
                    ByteSize.parse("75GiB"),
                    ByteSize.parse("16GiB")));

    /** Has a host lead to the engine of another. */
    void sameEngine(long one, long other) {
        var host = hosts.find(new HostId(other)).orElseThrow();
        hosts.put(new WatchedHost(
                host.id(),
                host.connection(),
                host.labels(),
                host.pollInterval(),
                host.enabled(),
                hosts.find(new HostId(one)).orElseThrow().engineId(),
                host.capabilities(),
                host.reachability(),
                host.builders(),
                host.configFile(),
                host.disk()));
    }

    private static WatchedHost withSilentExporter(WatchedHost host) {
        var source = DiskSource.parse("http://" + host.name() + ".internal:9100/metrics", null);
        return new WatchedHost(
                host.id(),
                new HostConnection(
                        host.name(), host.connection().kind(), host.connection().address(), source),
                host.labels(),
                host.pollInterval(),
                host.enabled(),
                host.engineId(),
                host.capabilities(),
                host.reachability(),
                host.builders(),
                host.configFile(),
                new DiskReading.Unknown(
                        NOW.minus(Duration.ofMinutes(40)),
                        source.text() + " refused the connection. Check that node_exporter is running on this port"));
    }

    private static Reachability healthy() {
        return new Reachability.Reachable(NOW.minus(Duration.ofDays(3)));
    }

    private static DiskSpace disk(long totalGib, long freeGib) {
        return new DiskSpace(ByteSize.parse(totalGib + "GiB"), ByteSize.parse(freeGib + "GiB"));
    }
}
