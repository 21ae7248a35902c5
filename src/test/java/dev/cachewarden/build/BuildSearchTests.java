package dev.cachewarden.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.FakeHosts;
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
                        + " cause:record-pruned npm \"exit code: 1\"",
                HOSTS);

        assertThat(search)
                .isEqualTo(new BuildSearch(
                        Set.of(),
                        Set.of("shop/web", "my app"),
                        Set.of("main"),
                        Set.of(BuildState.FAILED, BuildState.RUNNING),
                        Set.of(Scenario.CODE_CHANGED),
                        Set.of("RecordPruned"),
                        List.of("npm", "exit code: 1")));
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
                "stat:failed       | 'stat:' is not a filter; there are project:, branch:, state:, scenario:, cause: and host:."
                        + " To find it as text, put it in quotes: \"stat:failed\"",
                "state:code        | 'code' is not a state; there are running, done, failed, canceled, lost",
                "scenario:nothing  | 'nothing' is not a scenario; there are first, forced, platform-changed, base-image-changed,"
                        + " cache-lost, dockerfile-changed, argument-changed, target-changed, dependencies-changed, models-changed,"
                        + " code-changed, retried, unchanged, unknown",
                "cause:changed     | 'changed' is not a cause; there are first-build, no-cache, own-text-changed, step-new,"
                        + " place-changed, settings-changed, inline-file-changed, input-changed, base-image-changed,"
                        + " argument-changed, platform-changed, target-changed, record-pruned, not-finished-before, never-cached,"
                        + " unknown",
                "host:nobody       | There is no host 'nobody'",
                "a \"b             | The quote at \"b does not end; write another \" behind it",
            })
    void tellWhatIsWrong(String typed, String told) {
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> BuildSearch.parse(typed, HOSTS)))
                .hasMessage("q: " + told);
    }

    @Test
    void onlySoMuchIsLookedFor() {
        String twenty = IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining(" "));

        assertThat(BuildSearch.parse(twenty + " 1 2", HOSTS).words()).hasSize(20);
        assertThat(catchThrowableOfType(
                        InvalidInputException.class, () -> BuildSearch.parse(twenty + " branch:main", HOSTS)))
                .hasMessage("q: has 21 words; at most 20 are looked for");
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
