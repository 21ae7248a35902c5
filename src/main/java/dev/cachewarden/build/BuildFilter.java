package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter for builds. A component that is null or empty does not restrict the result.
 *
 * @param builders builders to match; several if multiple hosts lead to the same engine
 * @param search search that must match in addition to all other components
 * @param from earliest start, inclusive
 * @param until latest start, exclusive
 */
public record BuildFilter(
        @Nullable String project,
        Set<BuilderId> builders,
        @Nullable String branch,
        Set<BuildState> states,
        @Nullable String scenario,
        BuildSearch search,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final BuildFilter ALL =
            new BuildFilter(null, Set.of(), null, Set.of(), null, BuildSearch.ALL, null, null);

    public BuildFilter {
        builders = Set.copyOf(builders);
        states = Set.copyOf(states);
    }

    public static BuildFilter ofProject(String project) {
        return new BuildFilter(project, Set.of(), null, Set.of(), null, BuildSearch.ALL, null, null);
    }

    public static BuildFilter ofBuilders(Collection<BuilderId> builders) {
        return new BuildFilter(null, Set.copyOf(builders), null, Set.of(), null, BuildSearch.ALL, null, null);
    }

    /** Returns this filter, restricted to builds that started in the given time range. */
    public BuildFilter within(@Nullable Instant since, @Nullable Instant before) {
        return new BuildFilter(project, builders, branch, states, scenario, search, since, before);
    }

    /** Returns this filter, restricted to one scenario. */
    public BuildFilter ofScenario(String one) {
        return new BuildFilter(project, builders, branch, states, one, search, from, until);
    }

    /** Returns this filter for another branch, or for any branch if the argument is null. */
    public BuildFilter ofBranch(@Nullable String one) {
        return new BuildFilter(project, builders, one, states, scenario, search, from, until);
    }

    /** Returns this filter for other builders and states. An empty set matches all. */
    public BuildFilter of(Set<BuilderId> some, Set<BuildState> ofStates) {
        return new BuildFilter(project, some, branch, ofStates, scenario, search, from, until);
    }
}
