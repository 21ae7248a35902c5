package dev.cachewarden.configfile;

import java.util.List;

/** The result of reading a configuration file. A file with an error is not used at all. */
sealed interface ConfigReading {

    /** The file is valid and can be applied. */
    record Valid(ConfigContent content) implements ConfigReading {}

    /** @param problems errors in the order of the file; at least one */
    record Invalid(List<ConfigProblem> problems) implements ConfigReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
