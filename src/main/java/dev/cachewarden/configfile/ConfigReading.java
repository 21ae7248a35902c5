package dev.cachewarden.configfile;

import java.util.List;

/** A configuration file that was read: all of it is good, or none of it is used. */
public sealed interface ConfigReading {

    /** It can be applied. */
    record Good(ConfigContent content) implements ConfigReading {}

    /** @param problems in the order of the file; at least one */
    record Bad(List<ConfigProblem> problems) implements ConfigReading {
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
