package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which builds are meant; each part that is null or empty does not matter.
 *
 * @param builders any of these: several where hosts lead to the same engine
 * @param words each stands in the project with the build's number ({@code shop/web #12}), the ref, the branch, the revision, the label or the
 *     error, whatever the case
 * @param from first start, inclusive
 * @param until last start, exclusive
 */
public record BuildFilter(
        @Nullable String project,
        Set<BuilderId> builders,
        @Nullable String branch,
        Set<BuildState> states,
        @Nullable String scenario,
        List<String> words,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final BuildFilter ALL = new BuildFilter(null, Set.of(), null, Set.of(), null, List.of(), null, null);

    /** More than anybody types; each is a look at every text of a row. */
    public static final int MOST_WORDS = 20;

    public BuildFilter {
        builders = Set.copyOf(builders);
        states = Set.copyOf(states);
        words = List.copyOf(words);
        if (words.size() > MOST_WORDS) {
            throw new IllegalArgumentException("At most " + MOST_WORDS + " words, not " + words.size());
        }
    }

    public static BuildFilter ofProject(String project) {
        return new BuildFilter(project, Set.of(), null, Set.of(), null, List.of(), null, null);
    }

    public static BuildFilter ofBuilders(Collection<BuilderId> builders) {
        return new BuildFilter(null, Set.copyOf(builders), null, Set.of(), null, List.of(), null, null);
    }

    /**
     * What a person typed as words.
     *
     * @throws InvalidInputException about {@code q}, if they are more than {@link #MOST_WORDS}: leaving some out would find too much
     */
    public static List<String> words(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return List.of();
        }
        var words = Arrays.stream(typed.strip().split("\\s+")).distinct().toList();
        if (words.size() > MOST_WORDS) {
            throw new InvalidInputException(
                    "q", "has " + words.size() + " words; at most " + MOST_WORDS + " are looked for");
        }
        return words;
    }

    /** The same, of those that started within a time. */
    public BuildFilter within(@Nullable Instant since, @Nullable Instant before) {
        return new BuildFilter(project, builders, branch, states, scenario, words, since, before);
    }

    /** The same, of one scenario only. */
    public BuildFilter ofScenario(String one) {
        return new BuildFilter(project, builders, branch, states, one, words, from, until);
    }
}
