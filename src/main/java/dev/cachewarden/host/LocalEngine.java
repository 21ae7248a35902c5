package dev.cachewarden.host;

import java.util.List;

/** The search for an engine on this machine, which runs at the first start while there is no host. */
public interface LocalEngine {

    /** Returns the result of the last search. */
    Search search();

    /** Searches again, and registers an engine that it finds. Does nothing if there is already a host. */
    Search searchAgain();

    /** The state or the result of a search. */
    sealed interface Search {

        /** The search is running. */
        record UnderWay() implements Search {}

        /** There was already a host, so Cachewarden did not search. */
        record NotNeeded() implements Search {}

        /**
         * An engine was found and registered.
         *
         * @param place origin of its address, such as {@code DOCKER_HOST}
         */
        record Found(HostId host, String place) implements Search {}

        /** No engine was found. The attempts are in the order of the search. */
        record NothingFound(List<Attempt> attempts) implements Search {
            public NothingFound {
                attempts = List.copyOf(attempts);
            }
        }
    }

    /**
     * A place without an engine.
     *
     * @param place such as {@code DOCKER_HOST}, or {@code Docker context 'remote'}
     * @param problem reason for the user
     */
    record Attempt(String place, String problem) {}
}
