package dev.cachewarden.host;

import java.util.List;

/** Whether the engine of this machine was found at the first start, when there was no host yet. */
public interface LocalEngine {

    /** What came of the last search. */
    Search search();

    /** Searches again, and registers what is found; does nothing where there is a host already. */
    Search searchAgain();

    /** What came of a search. */
    sealed interface Search {

        /** It has not ended yet. */
        record UnderWay() implements Search {}

        /** There was a host already, so nothing was searched. */
        record NotNeeded() implements Search {}

        /**
         * An engine was found and registered.
         *
         * @param place where its address came from, such as {@code DOCKER_HOST}
         */
        record Found(HostId host, String place) implements Search {}

        /** No engine was found; these places were looked at, in this order. */
        record NothingFound(List<Attempt> attempts) implements Search {
            public NothingFound {
                attempts = List.copyOf(attempts);
            }
        }
    }

    /**
     * A place that was looked at in vain.
     *
     * @param place such as {@code DOCKER_HOST}, or {@code Docker context 'remote'}
     * @param problem why no engine came of it, for a person
     */
    record Attempt(String place, String problem) {}
}
