package dev.cachewarden.dashboard;

import dev.cachewarden.host.LocalEngine;
import java.util.List;

/** A machine without an engine. */
final class FakeLocalEngine implements LocalEngine {

    @Override
    public Search search() {
        return new Search.NothingFound(
                List.of(
                        new Attempt("DOCKER_HOST", "The variable is not set."),
                        new Attempt("Docker context 'default'", "It contains no engine address"),
                        new Attempt(
                                "/var/run/docker.sock",
                                "There is no such socket. Is Docker running, and if Cachewarden runs in a container, is the socket mounted?")));
    }

    @Override
    public Search searchAgain() {
        return search();
    }
}
