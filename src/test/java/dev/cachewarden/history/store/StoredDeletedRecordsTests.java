package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.DeletedRecords;
import dev.cachewarden.history.DeletedRecords.DeletedRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.HistoryContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredDeletedRecordsTests {

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    private final DeletedRecords deleted = context.get(DeletedRecords.class);

    @BeforeEach
    void twoHosts() {
        context.clear();
        context.addBuilder("socket");
        context.addBuilder("tls");
    }

    private static void read(long builder, long second, String... ids) {
        read(builder, second, Stream.of(ids).map(id -> aRecord(id).build()).toList());
    }

    private static void read(long builder, long second, List<CacheRecord> records) {
        context.get(ReadingStore.class)
                .store(
                        BuilderReading.of(
                                new HostId(builder), new BuilderId(builder), at(second), Duration.ofMillis(4), records),
                        true);
    }

    private static Instant at(long second) {
        return NOON.plusSeconds(second);
    }

    private List<String> between(long builder, long after, long until, int most) {
        return deleted.between(new BuilderId(builder), at(after), at(until), most).stream()
                .map(one -> one.recordId() + " at "
                        + Duration.between(NOON, one.at()).toSeconds() + " by " + one.runId())
                .toList();
    }

    @Test
    void returnsTheLatestRemovedRecordsInOrder() {
        read(1, 0, "a", "b", "c", "d");
        read(1, 60, "b", "c", "d");
        read(1, 120, "c", "d");
        read(1, 180, "d");

        assertThat(between(1, 0, 180, 9)).containsExactly("a at 60 by null", "b at 120 by null", "c at 180 by null");
        assertThat(between(1, 60, 120, 9)).containsExactly("b at 120 by null");
        assertThat(between(1, 0, 180, 2)).containsExactly("b at 120 by null", "c at 180 by null");
        assertThat(deleted.between(new BuilderId(1), at(0), at(60), 9))
                .singleElement()
                .extracting(DeletedRecord::description)
                .isEqualTo(aRecord("a").build().description());
    }

    @Test
    void returnsTheRunFromAnyHostOfTheEngine() {
        for (long host = 1; host <= 2; host++) {
            read(host, host, "a", "b");
        }
        context.get(PruneMarks.class).mark(new BuilderId(2), 7, List.of("a"), at(30));
        for (long host = 1; host <= 2; host++) {
            read(host, 60 + host, "b");
        }
        assertThat(between(1, 0, 99, 9)).containsExactly("a at 61 by null");

        context.jdbc().update("update host set engine_id = 'same'");

        assertThat(between(1, 0, 99, 9)).containsExactly("a at 62 by 7");
        assertThat(between(2, 0, 99, 9)).containsExactly("a at 62 by 7");
    }

    @Test
    void leaveOutWhatAStepWroteToWhileItRan() {
        var base = aRecord("base").build();
        var running = aRecord("running").under("base").inUse().bytes(0).used(0, null);
        read(1, 0, List.of(base, running.build()));
        read(1, 5, List.of(base, aRecord("result").under("base").bytes(12).build()));
        assertThat(between(1, 0, 5, 9)).isEmpty();

        read(1, 10, List.of(base));
        assertThat(between(1, 0, 10, 9)).containsExactly("result at 10 by null");
    }

    @Test
    void leaveOutOneOfTwoRecordsOfAResult() {
        var base = aRecord("base").build();
        var one = aRecord("one").under("base").build();
        var two = aRecord("two").under("base").build();
        read(1, 0, List.of(base, one, two));
        read(1, 5, List.of(base, two));
        assertThat(between(1, 0, 5, 9)).isEmpty();

        read(1, 10, List.of(base));
        assertThat(between(1, 0, 10, 9)).containsExactly("two at 10 by null");
    }
}
