package dev.cachewarden.build;

import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A search for builds, as entered by a user:
 * {@code project:shop/web branch:main state:failed scenario:code-changed cause:input-changed host:ci-1 duration:>5m exit code}. It follows
 * the grammar of {@link dev.cachewarden.rest.list.FilterText}. Tokens of the same kind are alternatives, except bounds, which must all match.
 * Tokens of different kinds and all plain words must match too.
 *
 * @param builders builders of the engines that the given hosts lead to
 * @param origin where the builds come from
 * @param causes causes of the first miss
 * @param cached categories of the share of cache lookups that were hits
 * @param words words that must all occur, ignoring case. They are searched in the project with the build's number
 *     ({@code shop/web #12}), the ref, the branch, the revision, the label, and the error.
 */
public record BuildSearch(
        Set<BuilderId> builders,
        Origin origin,
        Set<BuildState> states,
        Set<Scenario> scenarios,
        Set<MissCause.Kind> causes,
        Set<BuildSource> sources,
        Set<Cached> cached,
        List<FigureBound> bounds,
        List<String> words) {

    public static final BuildSearch ALL = new BuildSearch(
            Set.of(), Origin.ANY, Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of(), List.of());

    /**
     * The names that a build got from its project.
     *
     * @param projects full project names
     * @param branches full branch names
     * @param revisions prefixes of revisions in lower case, each at least {@value #SHORTEST_REVISION} characters long
     * @param labels full labels
     */
    public record Origin(Set<String> projects, Set<String> branches, Set<String> revisions, Set<String> labels) {

        static final Origin ANY = new Origin(Set.of(), Set.of(), Set.of(), Set.of());

        public Origin {
            projects = Set.copyOf(projects);
            branches = Set.copyOf(branches);
            revisions = Set.copyOf(revisions);
            labels = Set.copyOf(labels);
        }
    }

    /** The minimum length, since shorter prefixes match too many revisions. */
    static final int SHORTEST_REVISION = 4;

    /** The share of a build's cache lookups that were hits. Builds without lookups and running builds match no constant. */
    public enum Cached {
        ALL,
        SOME,
        NONE
    }

    /** The maximum number of words. It exceeds normal input, and each word is compared with every text of a row. */
    static final int MOST_WORDS = 20;

    public BuildSearch {
        builders = Set.copyOf(builders);
        states = Set.copyOf(states);
        scenarios = Set.copyOf(scenarios);
        causes = Set.copyOf(causes);
        sources = Set.copyOf(sources);
        cached = Set.copyOf(cached);
        bounds = List.copyOf(bounds);
        words = List.copyOf(words);
    }

    /**
     * Parses the text that a user entered. Null or blank text matches every build.
     *
     * @throws InvalidInputException for {@code q}, naming the error; also if the text has too many words, since ignoring some of them would
     *     match too many builds
     */
    public static BuildSearch parse(@Nullable String text, HostRegistry hosts) {
        return new BuildSearchParser(hosts).parse(text == null ? "" : text);
    }
}
