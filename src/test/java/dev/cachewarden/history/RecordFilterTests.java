package dev.cachewarden.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFilterTests {

    @Test
    void readEveryToken() {
        var filter = RecordFilter.parse(
                "type:exec.cachemount size:>1GiB unused:>7d state:reclaimable host:ci-1 npm  install");

        assertThat(filter)
                .isEqualTo(new RecordFilter(
                        Set.of("ci-1"),
                        Set.of(RecordType.EXEC_CACHEMOUNT),
                        Set.of(UsageState.RECLAIMABLE),
                        "npm install",
                        ByteSize.parse("1GiB"),
                        Duration.ofDays(7)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\t\n"})
    void blankLetsEverythingPass(@Nullable String text) {
        assertThat(RecordFilter.parse(text))
                .isEqualTo(new RecordFilter(Set.of(), Set.of(), Set.of(), null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "RUN make                           | RUN make",
                "\"RUN  make\"                      | RUN  make",
                "docker.io/library/alpine:3.20      | docker.io/library/alpine:3.20",
                "\"http://example.org\"             | http://example.org",
                "\"type:regular\"                   | type:regular",
                "a\\b                               | a\\b",
                "\"a \\\"quoted\\\" \\\\ word\"     | a \"quoted\" \\ word",
                "[build 2/4]                        | [build 2/4]",
                "100%                               | 100%",
                "id \"//root/.cache/pip\"           | id //root/.cache/pip",
            })
    void allOtherWordsAreText(String typed, String text) {
        assertThat(RecordFilter.parse(typed).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "sise:>1GiB             | 'sise:' is not a filter. Available filters: type:, size:, unused:,"
                        + " state:, and host:."
                        + " To search for it as text, put it in quotes: \"sise:>1GiB\"",
                "http://example.org     | 'http:' is not a filter. Available filters: type:, size:, unused:,"
                        + " state:, and host:."
                        + " To search for it as text, put it in quotes: \"http://example.org\"",
                "size:                  | 'size:' has no value",
                "type:\"\"              | 'type:\"\"' has no value",
                "size:>10XB             | 'size:>10XB' is not valid: '10XB' is not a size; use a number with B, kB, MB,"
                        + " GB, TB (powers of 1000) or KiB, MiB, GiB, TiB, k, m, g, t (powers of 1024)",
                "size:>-1               | 'size:>-1' is not valid: '-1' is negative; a size must be zero or more",
                "size:<1GiB             | 'size:<1GiB' is not supported; use size:>1GiB",
                "size:=1GiB             | 'size:=1GiB' is not supported; use size:>1GiB",
                "size:>1GB size:>2GB    | 'size:' is given twice; use it once",
                "unused:>soon           | 'unused:>soon' is not valid: 'soon' is not a duration; use 14d, 48h, 90m,"
                        + " 1d12h"
                        + " or ISO 8601 such as PT48H",
                "unused:>7d unused:>7d  | 'unused:' is given twice; use it once",
                "state:idle             | 'idle' is not a state; use one of reclaimable, shared, in-use, in-use-shared",
                "make \"unended         | The quote at \"unended is not closed; add a \" at the end",
            })
    void namesTheInvalidToken(String typed, String expected) {
        assertThat(catchThrowableOfType(InvalidInputException.class, () -> RecordFilter.parse(typed)))
                .hasMessage("q: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "size:>1GiB                                  | size:>1GiB",
                "SIZE:>=1024KiB                              | size:>1MiB",
                "size:1000                                   | size:>1000",
                "size:>0                                     | size:>0",
                "make unused:>PT36H type:regular type:none   | type:regular type:none unused:>1d12h make",
                "state:in-use-shared state:IN-USE            | state:in-use-shared state:in-use",
                "host:\"my host\" host:b                     | host:\"my host\" host:b",
                "\"type:regular\"                            | \"type:regular\"",
                "\"two  blanks\"                             | \"two  blanks\"",
                "\"say \\\"hi\\\"\"                          | \"say \\\"hi\\\"\"",
                "docker.io/library/alpine:3                  | docker.io/library/alpine:3",
                "type:\"a,\\\\b\"                            | type:\"a,\\\\b\"",
            })
    void formatGivesWhatParseReads(String typed, String formatted) {
        var filter = RecordFilter.parse(typed);

        assertThat(filter.format()).isEqualTo(formatted);
        assertThat(RecordFilter.parse(formatted)).isEqualTo(filter);
    }

    @Test
    void hostsAreFoundByName() {
        var filter = RecordFilter.parse("host:one");

        assertThat(filter.toQuery(name -> Optional.of(new HostId(7)), Sort.SIZE, true)
                        .hosts())
                .isEqualTo(Set.copyOf(List.of(new HostId(7))));
        assertThatThrownBy(() -> filter.toQuery(name -> Optional.empty(), Sort.SIZE, true))
                .hasMessage("q: There is no host 'one'");
    }
}
