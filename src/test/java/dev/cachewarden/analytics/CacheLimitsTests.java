package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.host.GcPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheLimitsTests {

    /** Rules are written {@code filter keepDuration reserved/max/free}, with {@code -} for none. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', nullValues = "none", textBlock = """
            disabled or unknown           ¦ none                                               ¦ none                                            ¦ none
            only of some records          ¦ type==source.local 2d -/1GiB/-                     ¦ none                                            ¦ none
            the most it may take          ¦ - - -/20GiB/-                                      ¦ keeps at most 20.0 GiB                          ¦ 20GiB
            a floor alone                 ¦ - - 10GiB/-/-                                      ¦ prunes down to 10.0 GiB                         ¦ 10GiB
            free disk                     ¦ - - -/-/5GiB                                       ¦ deletes records until 5.0 GiB of the disk is free       ¦ none
            free disk with a floor        ¦ - - 9GiB/-/5GiB                                    ¦ deletes records until 5.0 GiB of the disk is free, but keeps at least 9.0 GiB ¦ none
            all three                     ¦ - - 9GiB/20GiB/5GiB                                ¦ keeps at most 20.0 GiB, or less to free 5.0 GiB of the disk, but keeps at least 9.0 GiB ¦ 20GiB
            no limit                      ¦ - - -/-/-                                          ¦ deletes all records                              ¦ 0B
            no limit but what was used    ¦ - 2d -/-/-                                         ¦ deletes all records, except records used within 2 d ¦ none
            nothing is tighter            ¦ - - -/30GiB/-; - - -/-/-; - - -/40GiB/-            ¦ deletes all records                              ¦ 0B
            sparing what was used         ¦ - 2d -/20GiB/-                                     ¦ keeps at most 20.0 GiB, except records used within 2 d ¦ 20GiB
            firm before sparing           ¦ - 2d -/20GiB/-; - - -/30GiB/-                      ¦ keeps at most 30.0 GiB                          ¦ 30GiB
            the tightest                  ¦ - - -/40GiB/-; - - -/30GiB/-; - - -/-/5GiB         ¦ keeps at most 30.0 GiB                          ¦ 30GiB
            as BuildKit has it at first   ¦ type==source.local 2d -/1GiB/-; - 60d 9GiB/80GiB/-; - - 9GiB/80GiB/- ¦ keeps at most 80.0 GiB ¦ 80GiB
            """)
    void theBuildersOwnGarbageCollectionIsItsTightestRuleAboutAll(
            String name, @Nullable String rules, @Nullable String words, @Nullable String size) {
        var own = CacheLimits.own(
                rules == null
                        ? List.of()
                        : Stream.of(rules.split("; "))
                                .map(CacheLimitsTests::rule)
                                .toList());

        assertThat(own.map(CacheLimit::words)).isEqualTo(Optional.ofNullable(words));
        assertThat(own.map(CacheLimit::size))
                .isEqualTo(Optional.ofNullable(size).map(ByteSize::parse));
    }

    private static GcPolicy rule(String text) {
        String[] parts = text.split(" ");
        var sizes = Stream.of(parts[2].split("/"))
                .map(size -> size.equals("-") ? ByteSize.ZERO : ByteSize.parse(size))
                .toList();
        return new GcPolicy(
                false,
                parts[0].equals("-") ? List.of() : List.of(parts[0]),
                parts[1].equals("-") ? Duration.ZERO : Durations.parse(parts[1]),
                sizes.get(0),
                sizes.get(1),
                sizes.get(2));
    }
}
