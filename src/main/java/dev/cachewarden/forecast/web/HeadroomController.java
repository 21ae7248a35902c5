package dev.cachewarden.forecast.web;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.forecast.Headroom;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.VisibleText;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the room on disks, for CI jobs. */
@RestController
class HeadroomController {

    private final HostRegistry hosts;
    private final Forecasts forecasts;
    private final InstantSource clock;

    HeadroomController(HostRegistry hosts, Forecasts forecasts, InstantSource clock) {
        this.hosts = hosts;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    /**
     * Returns the free space of a host's disk, and when the disk will be full.
     *
     * @param id ID or name of the host
     * @param minFree free space below which the state is {@code WARN}, such as {@code 20GB} or {@code 15%}
     * @param within the state is {@code WARN} if the median of the forecast is sooner and less than 40% of the disk is free
     */
    @GetMapping("/api/v1/hosts/{id}/headroom")
    HeadroomResponse getHeadroom(
            @PathVariable String id,
            @RequestParam(defaultValue = "15%") String minFree,
            @RequestParam(defaultValue = "12h") String within) {
        var host = host(id);
        var disk = DiskMeter.last(host, clock.instant());
        var forecast = forecasts.latest(host.id());
        return HeadroomResponse.of(
                host,
                disk,
                headroom(disk, forecast, minFree, within),
                forecast.orElse(null),
                forecasts.trackRecord(host.id()));
    }

    /**
     * Returns the headroom as two lines of text: the state, and a sentence for users.
     *
     * @param id ID or name of the host
     */
    @GetMapping(path = "/api/v1/hosts/{id}/headroom", produces = "text/plain")
    String getHeadroomAsText(
            @PathVariable String id,
            @RequestParam(defaultValue = "15%") String minFree,
            @RequestParam(defaultValue = "12h") String within) {
        var host = host(id);
        var headroom = headroom(DiskMeter.last(host, clock.instant()), forecasts.latest(host.id()), minFree, within);
        return VisibleText.ofLines(headroom.state() + "\n" + "Disk of " + host.name() + ": " + headroom.text() + "\n");
    }

    private static Headroom headroom(DiskReading disk, Optional<DiskForecast> forecast, String minFree, String within) {
        var limit = read("minFree", minFree, Space::parse);
        var time = read("within", within, Durations::parse);
        return Headroom.of(
                disk.space(),
                limit.on(disk.space()),
                forecast.map(DiskForecast::withoutPruning).orElse(null),
                time);
    }

    private static <T> T read(String parameter, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(parameter, String.valueOf(e.getMessage()));
        }
    }

    private WatchedHost host(String id) {
        var byId = id.matches("\\d{1,18}") ? hosts.find(new HostId(Long.parseLong(id))) : Optional.<WatchedHost>empty();
        return byId.or(() -> hosts.all().stream()
                        .filter(host -> host.name().equals(id))
                        .findFirst())
                .orElseThrow(() -> new NotFoundException("There is no host " + id + "."));
    }
}
