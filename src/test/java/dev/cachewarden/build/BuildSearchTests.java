package dev.cachewarden.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.build.BuildSearch.Cached;
import dev.cachewarden.build.FigureBound.Comparison;
import dev.cachewarden.build.FigureBound.Figure;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.FakeHosts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuildSearchTests {

    private static final FakeHosts HOSTS = FakeHosts.leadingTo("a", "b", "a");

    @Test
    void readEveryToken() {
        var search = BuildSearch.parse(
                "project:shop/web project:\"my app\" BRANCH:main state:failed state:Running scenario:code-changed"
                        + " cause:record-pruned npm \"exit code: 1\" revision:C0FFEE label:cold source:upload cached:some cached:none"
                        + " duration:>5m duration:<=1h30m hits:<12.5% sent:>=100MiB",
                HOSTS);

        assertThat(search)
                .isEqualTo(new BuildSearch(
                        Set.of(),
                        new BuildSearch.Origin(
                                Set.of("shop/web", "my app"), Set.of("main"), Set.of("c0ffee"), Set.of("cold")),
                        Set.of(BuildState.FAILED, BuildState.RUNNING),
                        Set.of(Scenario.CODE_CHANGED),
                        Set.of(MissCause.Kind.RECORD_PRUNED),
                        Set.of(BuildSource.UPLOAD),
                        Set.of(Cached.SOME, Cached.NONE),
                        List.of(
                                bound(Figure.DURATION, Comparison.MORE, "300000"),
                                bound(Figure.DURATION, Comparison.AT_MOST, "5400000"),
                                bound(Figure.HITS, Comparison.LESS, "12.5"),
                                bound(Figure.SENT, Comparison.AT_LEAST, "104857600")),
                        List.of("npm", "exit code: 1")));
    }

    private static FigureBound bound(Figure figure, Comparison comparison, String limit) {
        return new FigureBound(figure, comparison, new BigDecimal(limit));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " \t", "\"\"", "\" \""})
    void blankLetsEverythingPass(@Nullable String text) {
        assertThat(BuildSearch.parse(text, HOSTS)).isEqualTo(BuildSearch.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "#12 shop/web a.b:c          | #12,shop/web,a.b:c",
                "a a b a                     | a,b",
                "\"state:failed\"            | state:failed",
                "100% \\ 'x'                 | 100%,\\,'x'",
            })
    void allOtherWordsAreText(String typed, String words) {
        assertThat(BuildSearch.parse(typed, HOSTS).words()).containsExactly(words.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "code: 1           | 'code:' has no value",
                "stat:failed       | 'stat:' is not a filter. Available filters: project:, branch:, revision:,"
                        + " label:, state:, scenario:,"
                        + " cause:, source:, cached:, duration:, hits:, sent: and host:."
                        + " To search for it as text, put it in quotes: \"stat:failed\"",
                "state:code        | 'code' is not a state; use one of running, done, failed, canceled, lost",
                "scenario:nothing  | 'nothing' is not a scenario; use one of first, forced, base-image-changed,"
                        + " cache-lost, dockerfile-changed, argument-changed, dependencies-changed, models-changed,"
                        + " code-changed, retried, unchanged, unknown",
                "cause:changed     | 'changed' is not a cause; use one of first-build, no-cache, own-text-changed, step-new,"
                        + " place-changed, settings-changed, inline-file-changed, input-changed, base-image-changed,"
                        + " argument-changed, record-pruned, not-finished-before, never-cached,"
                        + " unknown",
                "source:mail       | 'mail' is not a source; use one of history, upload",
                "cached:most       | 'most' is not a value of cached; use one of all, some, none",
                "revision:c0f      | 'revision:c0f' is too short; use at least 4 characters",
                "duration:5m       | 'duration:5m' has no comparison; use duration:>5m or duration:<5m",
                "duration:>soon    | 'duration:>soon' is not valid: 'soon' is not a duration; use 14d, 48h, 90m,"
                        + " 1d12h or ISO 8601"
                        + " such as PT48H",
                "hits:<half        | 'hits:<half' is not valid: 'half' is not a hit rate; use a percentage from 0% to 100%",
                "hits:>101%        | 'hits:>101%' is not valid: '101%' is not a hit rate; use a percentage from 0% to 100%",
                "hits:>=           | 'hits:>=' has no comparison; use hits:>50% or hits:<50%",
                "sent:>-1MB        | 'sent:>-1MB' is not valid: '-1MB' is negative; a size must be zero or more",
                "sent:100          | 'sent:100' has no comparison; use sent:>100MiB or sent:<100MiB",
                "host:nobody       | There is no host 'nobody'",
                "a \"b             | The quote at \"b is not closed; add a \" at the end",
            })
    void explainsInvalidSearches(String typed, String expected) {
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> BuildSearch.parse(typed, HOSTS)))
                .hasMessage("q: " + expected);
    }

    @Test
    void limitsTheNumberOfWords() {
        String twenty = IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining(" "));

        assertThat(BuildSearch.parse(twenty + " 1 2", HOSTS).words()).hasSize(20);
        assertThat(catchThrowableOfType(
                        InvalidInputException.class, () -> BuildSearch.parse(twenty + " branch:main", HOSTS)))
                .hasMessage("q: must have at most 20 words, not 21");
    }

    /** Each host has the builder of its number. */
    @ParameterizedTest
    @CsvSource({
        "host:host-2, 2",
        "host:host-3, 1 3",
        "host:1, 1 3",
        "host:host-1 host:host-2, 1 2 3",
    })
    void aHostMeansAllBuildersOfItsEngine(String typed, String builders) {
        assertThat(BuildSearch.parse(typed, HOSTS).builders().stream()
                        .map(BuilderId::value)
                        .sorted()
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(builders);
    }
}
