package dev.cachewarden.build.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextGrowthTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");

    /** Sizes in MiB, oldest first; builds are numbered from 1, one each day. Expected: before, now, first build; nothing if it did not grow. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            no builds                              ¦                                       ¦
            too few before                         ¦ 12 12 12 12 340 340 340               ¦
            just enough before                     ¦ 12 12 12 12 12 340 340 340            ¦ 12 340 6
            too few since                          ¦ 12 12 12 12 12 12 340 340 0           ¦ 12 340 7
            one large transfer is none             ¦ 12 12 12 12 12 12 12 340 12           ¦
            one large at the end is none           ¦ 12 12 12 12 12 12 12 12 340           ¦
            two of three                           ¦ 12 12 12 12 12 12 12 340 341          ¦ 12 340 8
            steady                                 ¦ 12 13 12 11 12 13 12 11 12            ¦
            less than twice as much                ¦ 100 100 100 100 100 190 190 190       ¦
            exactly twice as much                  ¦ 100 100 100 100 100 200 200 200       ¦
            more than twice as much                ¦ 100 100 100 100 100 201 201 201       ¦ 100 201 6
            many times as much, but little         ¦ 1 1 1 1 1 9 9 9                       ¦
            little more than that                  ¦ 1 1 1 1 1 10 10 10                    ¦ 1 10 6
            from nothing                           ¦ 0 0 0 0 0 20 20 20                    ¦ 0 20 6
            since long                             ¦ 5 5 5 5 5 50 60 50 60 50 60           ¦ 5 50 6
            grew twice, the last time counts       ¦ 5 5 5 5 5 50 50 50 50 50 50 50 500 500 500 ¦ 50 500 13
            shrank                                 ¦ 340 340 340 340 340 12 12 12          ¦
            differences are sent in between        ¦ 12 0 12 0 12 0 12 340 0 340 341       ¦ 12 340 10
            """)
    void detectsGrowth(String name, String sizes, String expected) {
        var growth = ContextGrowth.of(sent(sizes));

        assertThat(growth.map(found -> (found.before() >> 20) + " " + (found.now() >> 20) + " " + found.since())
                        .orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void describesGrowth() {
        assertThat(ContextGrowth.of(sent("12 12 12 12 12 12 340 340 341"))
                        .orElseThrow()
                        .text())
                .isEqualTo(
                        "The median context transfer is 340.0 MiB since build 7 on 2026-03-07 (3 builds), up from 12.0"
                                + " MiB (6 builds).");
    }

    @Test
    void whatWasUsualLongAgoDoesNotCount() {
        assertThat(ContextGrowth.of(sent("900 ".repeat(30) + "12 ".repeat(20) + "340 340 340")))
                .hasValueSatisfying(growth -> {
                    assertThat(growth.before()).isEqualTo(12L << 20);
                    assertThat(growth.buildsBefore()).isEqualTo(ContextGrowth.MOST_BEFORE);
                });
    }

    @Test
    void nothingGrewWhereWhatWasUsualGrowsAlong() {
        assertThat(ContextGrowth.of(sent("1 ".repeat(10) + "100 ".repeat(10) + "9 10 10")))
                .isEmpty();
    }

    @Test
    void acceptsExtremeSizes() {
        var builds = new ArrayList<Sent>();
        for (int i = 1; i <= 8; i++) {
            builds.add(new Sent(i, BEGIN.plusSeconds(i), i <= 5 ? Long.MAX_VALUE / 4 : Long.MAX_VALUE));
        }

        assertThat(ContextGrowth.of(builds)).isPresent();
    }

    private static List<Sent> sent(String sizes) {
        var builds = new ArrayList<Sent>();
        for (String size :
                sizes == null || sizes.isBlank() ? new String[0] : sizes.strip().split(" +")) {
            builds.add(new Sent(
                    builds.size() + 1, BEGIN.plus(Duration.ofDays(builds.size())), Long.parseLong(size) << 20));
        }
        return builds;
    }
}
