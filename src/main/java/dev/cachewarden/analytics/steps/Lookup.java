package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step in one build.
 *
 * @param startedAt time at which the build started
 * @param step number of the step in that build
 * @param state state of the step: {@code CACHED} is a hit, {@code DONE} and {@code FAILED} are misses
 * @param duration duration of the step, or null if it did not run or its duration is unknown
 * @param why reason for the miss, or null if the step did not miss
 */
public record Lookup(
        BuildId build,
        BuildState buildState,
        Instant startedAt,
        int step,
        VertexState state,
        @Nullable Duration duration,
        @Nullable Why why) {

    /** Returns whether hit rates count this lookup. Only in successful builds, "cached" certainly means that the step hit the cache. */
    public boolean counted() {
        return buildState == BuildState.DONE && (state == VertexState.CACHED || state == VertexState.DONE);
    }

    public boolean cached() {
        return state == VertexState.CACHED;
    }

    static boolean missed(VertexState state) {
        return state == VertexState.DONE || state == VertexState.FAILED || state == VertexState.RUNNING;
    }

    /** The reason for a miss. */
    public sealed interface Why {

        /** Returns a description for users, as sentences. */
        String text();

        /** The step was the first miss of its build, and Cachewarden determined the cause. */
        record First(String text) implements Why {}

        /**
         * A step that this step depends on missed.
         *
         * @param step number of that step, or of the first one if there are several
         */
        record After(int step) implements Why {
            @Override
            public String text() {
                return "Step " + step + " missed, and this step depends on it.";
            }
        }

        /** No step that it depends on missed, but another step of the build missed first. Only the cause of the first miss is stored. */
        record ByItself() implements Why {
            @Override
            public String text() {
                return "Unknown. Cachewarden stores only the cause of the first miss of a build.";
            }
        }

        /**
         * No step that it depends on missed, and the build was not compared with another one. Such a build did not finish, or it is still
         * running.
         */
        record NotCompared() implements Why {
            @Override
            public String text() {
                return "Unknown. The build was not compared with another build.";
            }
        }
    }
}
