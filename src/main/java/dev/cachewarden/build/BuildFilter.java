package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which builds are meant; each part that is null or empty does not matter.
 *
 * @param builders any of these: several where hosts lead to the same engine
 * @param search must hold beside all the others
 * @param from first start, inclusive
 * @param until last start, exclusive
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

    /** The same, of those that started within a time. */
    public BuildFilter within(@Nullable Instant since, @Nullable Instant before) {
        return new BuildFilter(project, builders, branch, states, scenario, search, since, before);
    }

    /** The same, of one scenario only. */
    public BuildFilter ofScenario(String one) {
        return new BuildFilter(project, builders, branch, states, one, search, from, until);
    }

    /** The same, of another branch; null: of any. */
    public BuildFilter ofBranch(@Nullable String one) {
        return new BuildFilter(project, builders, one, states, scenario, search, from, until);
    }

    /** The same, of some builders and states; none: of any. */
    public BuildFilter of(Set<BuilderId> some, Set<BuildState> ofStates) {
        return new BuildFilter(project, some, branch, ofStates, scenario, search, from, until);
    }
}
