package dev.cachewarden.host.web;

import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;

import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostInput;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for hosts. */
@RestController
@RequestMapping("/api/v1/hosts")
class HostController {

    private static final Comparator<WatchedHost> ORDER = Comparator.comparing(WatchedHost::name)
            .thenComparing(host -> host.id().value());

    private final HostRegistry registry;
    private final HostProber prober;
    private final DiskProber disks;

    HostController(HostRegistry registry, HostProber prober, DiskProber disks) {
        this.registry = registry;
        this.prober = prober;
        this.disks = disks;
    }

    /** Returns hosts in the order of their names. */
    @GetMapping
    Page<HostResponse> listHosts(Paging paging) {
        var hosts = registry.all();
        var page = paging.of(
                "hosts",
                hosts.stream().sorted(ORDER).toList(),
                host -> host.id().toString());
        return new Page<>(responses(page.items(), hosts), page.next());
    }

    private static List<HostResponse> responses(List<WatchedHost> shown, List<WatchedHost> hosts) {
        var byEngine = hosts.stream()
                .filter(host -> host.engineId() != null)
                .collect(groupingBy(host -> requireNonNullElse(host.engineId(), "")));
        return shown.stream()
                .map(host -> HostResponse.of(
                        host, byEngine.getOrDefault(requireNonNullElse(host.engineId(), ""), List.of())))
                .toList();
    }

    /** Returns a host with its capabilities and problems. */
    @GetMapping("/{id}")
    HostResponse getHost(@PathVariable long id) {
        return response(get(id));
    }

    /** Tests a host, and adds it. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<HostResponse> createHost(@RequestBody HostInput input) {
        var host = registry.register(input.toDraft());
        return ResponseEntity.created(URI.create("/api/v1/hosts/" + host.id())).body(response(host));
    }

    /** Changes a host, and tests it if its connection changed. */
    @PutMapping("/{id}")
    HostResponse updateHost(@PathVariable long id, @RequestBody HostInput input) {
        return response(registry.change(new HostId(id), input.toDraft()));
    }

    /** Removes a host and its history. The cache of the host remains. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteHost(@PathVariable long id) {
        registry.remove(new HostId(id));
    }

    /** Tests a host without saving it. */
    @PostMapping("/test")
    ProbeResponse testHost(@RequestBody HostInput input) {
        var connection = input.toDraft().connection();
        var result = prober.probe(connection);
        return ProbeResponse.of(result, disk(connection, result));
    }

    /** Probes a saved host, and stores the result. */
    @PostMapping("/{id}/probe")
    ProbeResponse probeHost(@PathVariable long id) {
        var host = get(id);
        var result = prober.probe(host.connection());
        if (result instanceof ProbeResult.Reached reached) {
            registry.recordProbe(host.id(), reached.capabilities());
        }
        var disk = disk(host.connection(), result);
        if (disk != null) {
            registry.recordDisk(host.id(), host.connection().freeDiskFrom(), disk);
        }
        return ProbeResponse.of(result, disk);
    }

    private @Nullable DiskReading disk(HostConnection connection, ProbeResult result) {
        return result instanceof ProbeResult.Reached reached
                ? disks.measure(connection.freeDiskFrom(), connection.dataRoot(reached.capabilities()))
                : null;
    }

    private WatchedHost get(long id) {
        var host = new HostId(id);
        return registry.find(host).orElseThrow(() -> new NotFoundException("There is no host " + host));
    }

    private HostResponse response(WatchedHost host) {
        String engineId = host.engineId();
        return HostResponse.of(host, engineId == null ? List.of() : registry.withEngine(engineId));
    }

    /**
     * A {@link ProbeResult} in JSON.
     *
     * @param capabilities properties of the host, or null unless reached
     * @param disk reading of its disk from the given source, or null unless reached
     * @param cause kind of the problem, or null if reached
     * @param message what happened and what to do, or null if reached
     * @param reached whether the host responded
     */
    @Schema(name = "Probe")
    record ProbeResponse(
            boolean reached,
            @Nullable CapabilitiesResponse capabilities,
            @Nullable DiskResponse disk,
            HostProblem.@Nullable Cause cause,
            @Nullable String message) {

        /** @param disk reading of the disk, or null unless reached */
        static ProbeResponse of(ProbeResult result, @Nullable DiskReading disk) {
            return switch (result) {
                case ProbeResult.Reached reached ->
                    new ProbeResponse(
                            true,
                            CapabilitiesResponse.of(reached.capabilities()),
                            disk == null ? null : DiskResponse.of(disk),
                            null,
                            null);
                case ProbeResult.Failed failed ->
                    new ProbeResponse(
                            false,
                            null,
                            null,
                            failed.problem().cause(),
                            failed.problem().message());
            };
        }
    }
}
