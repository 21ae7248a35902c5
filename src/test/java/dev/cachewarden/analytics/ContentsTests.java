package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.Contents.Content;
import dev.cachewarden.buildcache.CacheRecords;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentsTests {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Pattern RECORD = Pattern.compile(
            "(?<id>\\w+)(<(?<parents>[\\w,]+))? (?<what>\\w+)(@(?<size>\\d+))? (?<from>\\d+)-(?<until>\\d*)");

    /** A record is written {@code id<parents description@size seen-gone}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '¦', textBlock = """
            rebuilt after its removal                      ¦ a run 0-5; b run 7-                                    ¦ a b
            not to be seen side by side                    ¦ a run 0-5; b run 5-                                    ¦ a b
            side by side in one reading                    ¦ a copy 0-6; b copy 5-                                  ¦ a | b
            side by side to this day                       ¦ a copy 0-; b copy 5-                                   ¦ a | b
            of another size                                ¦ a copy@1 0-5; b copy@2 7-                              ¦ a | b
            of another description                         ¦ a copy 0-5; b run 7-                                   ¦ a | b
            of another type                                ¦ a run 0-5; b mount 7-                                  ¦ a | b
            a cache mount that grew                        ¦ a mount@1 0-5; b mount@9 7-                            ¦ a b
            two cache mounts at once                       ¦ a mount@1 0-5; b mount@9 4-                            ¦ a | b
            on the same parent                             ¦ p base 0-; a<p run 0-5; b<p run 7-                     ¦ a b | p
            on parents that are the same                   ¦ p base 0-5; a<p run 0-5; q base 7-; b<q run 7-         ¦ a b | p q
            on different parents                           ¦ p copy 0-9; q copy 5-; a<p run 0-5; b<q run 7-         ¦ a | b | p | q
            different down the chain                       ¦ p copy 0-9; q copy 5-; a<p x 0-5; b<q x 7-; c<a y 0-5; d<b y 7- ¦ a | b | c | d | p | q
            parents in another order                       ¦ p x 0-; q y 0-; a<p,q run 0-5; b<q,p run 7-            ¦ a b | p | q
            on one parent and on two                       ¦ p x 0-; q y 0-; a<p run 0-5; b<p,q run 7-              ¦ a | b | p | q
            on unknown parents                             ¦ a<x run 0-5; b<y run 7-                                ¦ a b
            on an unknown parent and on none               ¦ a<x run 0-5; b run 7-                                  ¦ a | b
            on themselves                                  ¦ a<a run 0-5; b<b run 7-                                ¦ a b
            on each other                                  ¦ a<b x 0-5; b<a y 0-5; c<a z 0-5; d x 7-                ¦ a | b | c | d
            a child listed before its parents              ¦ b<q run 7-; q base 7-; a<p run 0-5; p base 0-5         ¦ a b | p q
            after two removed records, the last of them    ¦ a copy 0-4; b copy 0-6; c copy 8-                      ¦ a | b c
            two after two                                  ¦ a copy 0-4; b copy 0-6; c copy 8-; d copy 8-           ¦ a d | b c
            a third while the second is there              ¦ a copy 0-4; b copy 3-9; c copy 5-                      ¦ a c | b
            """)
    void recordsHoldTheSame(String name, String records, String groups) {
        assertThat(groups(
                        Stream.of(records.split("; ")).map(ContentsTests::life).toList()))
                .isEqualTo(groups);
    }

    @Test
    void aChainOfAnyLengthIsFollowed() {
        List<RecordLife> chain = new ArrayList<>();
        for (int i = 20_000; i > 0; i--) {
            chain.add(life("r" + i + "<r" + (i - 1) + " run 0-5"));
        }
        chain.add(life("r0 run 0-5"));

        var contents = Contents.of(chain);

        assertThat(contents)
                .hasSize(20_001)
                .containsEntry("r0", new Content(0, 0, false))
                .containsEntry("r20000", new Content(20_000, 20_000, false));
    }

    private static String groups(List<RecordLife> lives) {
        return Contents.of(lives).entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getValue().number(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(group -> group.stream().map(one -> one.getKey()).sorted().collect(Collectors.joining(" ")))
                .sorted()
                .collect(Collectors.joining(" | "));
    }

    private static RecordLife life(String text) {
        var written = RECORD.matcher(text);
        assertThat(written.matches()).as(text).isTrue();
        var record = CacheRecords.aRecord(written.group("id"))
                .description(written.group("what"))
                .bytes(written.group("size") == null ? 100 : Long.parseLong(written.group("size")))
                .type("mount".equals(written.group("what")) ? RecordType.EXEC_CACHEMOUNT : RecordType.REGULAR);
        if (written.group("parents") != null) {
            record.under(written.group("parents").split(","));
        }
        var until = written.group("until").isEmpty() ? null : at(written.group("until"));
        return new RecordLife(new BuilderId(1), record.build(), at(written.group("from")), START, until, null, null);
    }

    private static Instant at(String minute) {
        return START.plusSeconds(60 * Long.parseLong(minute));
    }
}
