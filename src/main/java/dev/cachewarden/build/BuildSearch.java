package dev.cachewarden.build;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person types to find builds: {@code project:shop/web branch:main state:failed scenario:code-changed cause:input-changed host:ci-1
 * exit code}, in the grammar of {@link dev.cachewarden.rest.FilterText}. Tokens of one kind are alternatives; tokens of different kinds and
 * each other word must all hold.
 *
 * @param builders those of the engines that the named hosts lead to
 * @param projects by their whole names
 * @param branches by their whole names
 * @param causes names of the {@code MissCause} of the first miss, such as {@code InputChanged}
 * @param words each stands in the project with the build's number ({@code shop/web #12}), the ref, the branch, the revision, the label or the
 *     error, whatever the case
 */
public record BuildSearch(
        Set<BuilderId> builders,
        Set<String> projects,
        Set<String> branches,
        Set<BuildState> states,
        Set<Scenario> scenarios,
        Set<String> causes,
        List<String> words) {

    public static final BuildSearch ALL =
            new BuildSearch(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of());

    /** More than anybody types; each word is a look at every text of a row. */
    static final int MOST_WORDS = 20;

    public BuildSearch {
        builders = Set.copyOf(builders);
        projects = Set.copyOf(projects);
        branches = Set.copyOf(branches);
        states = Set.copyOf(states);
        scenarios = Set.copyOf(scenarios);
        causes = Set.copyOf(causes);
        words = List.copyOf(words);
    }

    /**
     * Reads what was typed; null or blank lets every build pass.
     *
     * @throws InvalidInputException about {@code q}, naming what is wrong; also if there is more than is looked for: leaving some out would
     *     find too much
     */
    public static BuildSearch parse(@Nullable String text, HostRegistry hosts) {
        return new BuildSearchParser(hosts).parse(text == null ? "" : text);
    }
}
