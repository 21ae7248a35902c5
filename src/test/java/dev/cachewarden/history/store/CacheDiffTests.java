package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.ARecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CacheDiffTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final CacheRecord A = aRecord("a").build();
    private static final CacheRecord B = aRecord("b").build();

    static Stream<Arguments> cases() {
        var larger = aRecord("a").bytes(7).build();
        return Stream.of(
                Arguments.of("nothing at all", of(), of(), List.of(), List.of(), 0),
                Arguments.of("first reading", of(), of(A, B), List.of(A, B), List.of(), 0),
                Arguments.of("nothing new", of(A, B), of(B, A), List.of(), List.of(), 2),
                Arguments.of("one more", of(A), of(A, B), List.of(B), List.of(), 1),
                Arguments.of("one less", of(A, B), of(A), List.of(), List.of("b"), 1),
                Arguments.of("one grown", of(A, B), of(larger, B), List.of(larger), List.of(), 2),
                Arguments.of("one for another", of(A), of(B), List.of(B), List.of("a"), 0),
                Arguments.of("emptied", of(A, B), of(), List.of(), List.of("a", "b"), 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsWrittenAndMissingRecords(
            String name,
            Map<String, CacheRecord> before,
            Map<String, CacheRecord> now,
            List<CacheRecord> written,
            List<String> deleted,
            int kept) {
        var diff = CacheDiff.between(before, now);

        assertThat(diff).isEqualTo(new CacheDiff(written, List.of(), deleted, kept));
        assertThat(diff.nothingInCommon()).isEqualTo(!before.isEmpty() && kept == 0);
    }

    static Stream<Arguments> uses() {
        return Stream.of(
                Arguments.of("count moved on", used(1), used(2), true),
                Arguments.of("count moved back", used(2), used(1), false),
                Arguments.of(
                        "first use", aRecord("a").used(0, null), aRecord("a").used(0, NOON), true),
                Arguments.of("used later", used(1), aRecord("a").used(1, NOON.plusSeconds(1)), true),
                Arguments.of("used earlier", used(1), aRecord("a").used(1, NOON.minusSeconds(1)), false),
                Arguments.of("last use forgotten", used(1), aRecord("a").used(1, null), false),
                Arguments.of("held by a build", used(1), used(1).inUse(), false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uses")
    void findsUsedRecords(String name, ARecord before, ARecord now, boolean used) {
        var diff = CacheDiff.between(of(before.build()), of(now.build()));

        assertThat(diff.written()).hasSize(1);
        assertThat(diff.used()).hasSize(used ? 1 : 0);
    }

    @Test
    void newRecordIsNoUse() {
        assertThat(CacheDiff.between(of(), of(used(9).build())).used()).isEmpty();
    }

    private static ARecord used(long count) {
        return aRecord("a").used(count, NOON);
    }

    private static Map<String, CacheRecord> of(CacheRecord... records) {
        var byId = new LinkedHashMap<String, CacheRecord>();
        for (var record : records) {
            byId.put(record.id(), record);
        }
        return byId;
    }
}
