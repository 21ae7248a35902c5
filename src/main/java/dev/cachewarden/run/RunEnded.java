package dev.cachewarden.run;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;

/** An event: a run ended, and its result is stored. */
public record RunEnded(long run, BuilderId builder, RunState state, Instant endedAt) {}
