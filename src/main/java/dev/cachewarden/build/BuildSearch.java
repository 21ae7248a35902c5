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
 * duration:>5m exit code}, in the grammar of {@link dev.cachewarden.rest.FilterText}. Tokens of one kind are alternatives, but for bounds, which must
 * all hold, as must tokens of different kinds and each other word.
 *
 * @param builders those of the engines that the named hosts lead to
 * @param projects by their whole names
 * @param branches by their whole names
 * @param revisions how they begin, in lower case; at least {@value #SHORTEST_REVISION} characters each
 * @param labels whole ones
 * @param causes names of the {@code MissCause} of the first miss, such as {@code InputChanged}
 * @param cached how much of what they looked up the cache had
 * @param words each stands in the project with the build's number ({@code shop/web #12}), the ref, the branch, the revision, the label or the
 *     error, whatever the case
 */
public record BuildSearch(
        Set<BuilderId> builders,
        Set<String> projects,
        Set<String> branches,
        Set<String> revisions,
        Set<String> labels,
        Set<BuildState> states,
        Set<Scenario> scenarios,
        Set<String> causes,
        Set<BuildSource> sources,
        Set<Cached> cached,
        List<FigureBound> bounds,
        List<String> words) {

    public static final BuildSearch ALL = new BuildSearch(
            Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
            List.of(), List.of());

    /** Fewer are in too many revisions. */
    static final int SHORTEST_REVISION = 4;

    /** How much of what a build looked up the cache had. Of one that looked up nothing, or that runs yet, none of these holds. */
    public enum Cached {
        ALL,
        SOME,
        NONE
    }

    /** More than anybody types; each word is a look at every text of a row. */
    static final int MOST_WORDS = 20;

    public BuildSearch {
        builders = Set.copyOf(builders);
        projects = Set.copyOf(projects);
        branches = Set.copyOf(branches);
        revisions = Set.copyOf(revisions);
        labels = Set.copyOf(labels);
        states = Set.copyOf(states);
        scenarios = Set.copyOf(scenarios);
        causes = Set.copyOf(causes);
        sources = Set.copyOf(sources);
        cached = Set.copyOf(cached);
        bounds = List.copyOf(bounds);
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
