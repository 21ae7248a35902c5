package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Values that some rules observe. */
interface AlertSource {

    /** Returns the rules that the source observes. It is not asked if all of them are disabled. */
    Set<RuleId> rules();

    /** Returns how long its observations can be reused. */
    default Duration fresh() {
        return Duration.ZERO;
    }

    List<Observation> observe(Instant now);
}
