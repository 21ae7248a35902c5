package dev.cachewarden.build.lookup;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step in one build.
 *
 * @param startedAt when the build began
 * @param step its number in that build
 * @param state what became of it: {@code CACHED} is a hit, {@code DONE} and {@code FAILED} are misses
 * @param duration how long it ran; null: it did not, or that is not known
 * @param why null: it did not miss
 */
public record Lookup(
        BuildId build,
        BuildState buildState,
        Instant startedAt,
        int step,
        VertexState state,
        @Nullable Duration duration,
        @Nullable Why why) {

    /** Whether hit rates count it: only in builds that ended well, "cached" surely means that the cache had it. */
    public boolean counted() {
        return buildState == BuildState.DONE && (state == VertexState.CACHED || state == VertexState.DONE);
    }

    static boolean missed(VertexState state) {
        return state == VertexState.DONE || state == VertexState.FAILED || state == VertexState.RUNNING;
    }

    /** Why it missed. */
    public sealed interface Why {

        /** For a person, as a part of a sentence. */
        String text();

        /** It was the first that missed in its build, and that was looked into. */
        record First(String text) implements Why {}

        /**
         * A step that it depends on had missed.
         *
         * @param step its number, of several the first
         */
        record After(int step) implements Why {
            @Override
            public String text() {
                return "because step " + step + " before it missed";
            }
        }

        /** Nothing it depends on missed, but another step missed before it; causes are told of the first only. */
        record ByItself() implements Why {
            @Override
            public String text() {
                return "by itself; a build tells the cause of its first miss only";
            }
        }

        /** Nothing it depends on missed, and the build was not compared with another: it does not run to its end, or runs yet. */
        record NotCompared() implements Why {
            @Override
            public String text() {
                return "not known: its build was not compared with another";
            }
        }
    }
}
