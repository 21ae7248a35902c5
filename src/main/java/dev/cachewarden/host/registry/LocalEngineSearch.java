package dev.cachewarden.host.registry;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.LocalEngine;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Searches for an engine on this machine and registers it, so that the first start already shows a host. */
class LocalEngineSearch implements LocalEngine {

    private static final Logger LOG = LoggerFactory.getLogger(LocalEngineSearch.class);
    private static final Duration POLL_INTERVAL = Duration.ofMinutes(1);

    private final LocalEnginePlaces places;
    private final HostRegistry registry;
    private volatile Search last = new Search.UnderWay();

    LocalEngineSearch(LocalEnginePlaces places, HostRegistry registry) {
        this.places = places;
        this.registry = registry;
    }

    @Override
    public Search search() {
        return last;
    }

    @Override
    public synchronized Search searchAgain() {
        last = registry.all().isEmpty() ? lookAtAllPlaces() : new Search.NotNeeded();
        return last;
    }

    private Search lookAtAllPlaces() {
        var attempts = new ArrayList<Attempt>();
        for (var place : places.inOrder()) {
            switch (place) {
                case LocalEnginePlaces.Place.Unusable unusable ->
                    attempts.add(new Attempt(unusable.name(), unusable.problem()));
                case LocalEnginePlaces.Place.At at -> {
                    try {
                        var host = registry.register(draft(at.address()));
                        LOG.info("Found an engine through {} and added it as host '{}'", at.name(), host.name());
                        return new Search.Found(host.id(), at.name());
                    } catch (InvalidInputException e) {
                        attempts.add(new Attempt(at.name(), reasons(e)));
                    }
                }
            }
        }
        attempts.forEach(attempt -> LOG.warn("Found no engine through {}: {}", attempt.place(), attempt.problem()));
        return new Search.NothingFound(attempts);
    }

    private static HostDraft draft(HostAddress address) {
        String name = switch (address) {
            case HostAddress.UnixSocket socket -> "local";
            case HostAddress.Tcp tcp -> nameFrom(tcp.host());
            case HostAddress.TlsTcp tcp -> nameFrom(tcp.host());
        };
        return new HostDraft(new HostConnection(name, HostKind.DOCKER_ENGINE, address), Map.of(), POLL_INTERVAL, true);
    }

    /** Returns a valid name. An IPv6 address contains characters that names must not contain. */
    private static String nameFrom(String host) {
        return host.contains(":") ? "local" : host;
    }

    private static String reasons(InvalidInputException e) {
        return String.join("; ", e.problems().stream().map(FieldProblem::reason).toList());
    }
}
