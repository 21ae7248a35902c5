package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.BuildEnds.Ran;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildEndsTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** In seconds. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', nullValues = "-", textBlock = """
            nothing                                          ¦ -                 ¦ -                 ¦ -
            one minute of quiet is not enough                ¦ -                 ¦ 0 60 120          ¦ -
            more than a minute ends a build                  ¦ -                 ¦ 0 10 71 140       ¦ 10 71
            uses in any order                                ¦ -                 ¦ 140 10 71 0       ¦ 10 71
            a known build ends when it has let go            ¦ 100-200           ¦ -                 ¦ 205
            quiet while a step runs is no end                ¦ 100-400           ¦ 110 390 401       ¦ 405
            what is let go after the end belongs to it       ¦ 100-400           ¦ 110 404           ¦ 405
            quiet that outlasts it is one                    ¦ 100-400           ¦ 110 406           ¦ 110 405
            quiet before it is one                           ¦ 300-400           ¦ 110 390           ¦ 110 405
            one after the other                              ¦ 100-200 201-300   ¦ -                 ¦ 205 305
            one so soon after the other that none has let go ¦ 100-200 201-202   ¦ -                 ¦ 201 207
            at the same time                                 ¦ 100-200 150-300   ¦ -                 ¦ 205 305
            one within the other covers its quiet            ¦ 100-900 200-300   ¦ 110 890           ¦ 305 905
            builds in any order                              ¦ 200-300 100-900   ¦ 110 890           ¦ 305 905
            unreported builds next to known ones             ¦ 500-600           ¦ 10 100 550 800    ¦ 10 100 550 605
            """)
    void areFoundByBuildsAndByQuiet(String name, String builds, String uses, String ends) {
        var ran = words(builds).map(BuildEndsTests::ran).toList();
        var used = words(uses).map(BuildEndsTests::at).toList();

        assertThat(BuildEnds.of(ran, used).stream()
                        .map(end -> Long.toString(Duration.between(START, end).toSeconds()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(ends == null ? "" : ends);
    }

    private static Stream<String> words(String text) {
        return text == null ? Stream.empty() : Stream.of(text.split(" "));
    }

    private static Ran ran(String fromUntil) {
        String[] times = fromUntil.split("-");
        return new Ran(at(times[0]), at(times[1]));
    }

    private static Instant at(String second) {
        return START.plusSeconds(Long.parseLong(second));
    }
}
