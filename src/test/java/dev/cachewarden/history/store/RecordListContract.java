package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records are found by filters, in order, in parts. */
abstract class RecordListContract extends StoreContract {

    private static final Map<String, HostId> HOSTS = Map.of("one", new HostId(1), "two", new HostId(2));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                             | big cold mount pct shared used",
                "host:one                      | big cold mount pct used",
                "host:two                      | shared",
                "host:one host:two type:regular| big cold pct shared used",
                "type:exec.cachemount          | mount",
                "type:exec.cachemount type:none| mount",
                "state:shared                  | shared",
                "state:in-use                  | used",
                "state:in-use state:shared     | shared used",
                "state:in-use-shared           | -",
                "state:reclaimable size:>1MB   | big",
                "size:>1000000                 | big",
                "size:>1000001                 | -",
                "unused:>30d                   | cold",
                "unused:>29d                   | cold mount",
                "npm install                   | mount",
                "NPM                           | mount",
                "100%                          | pct",
                "_                             | pct",
                "co                            | cold",
                "old                           | -",
                "\"\\\\\"                      | pct",
                "type:regular npm              | -",
            })
    void filtersPassWhatTheySay(@Nullable String filter, @Nullable String ids) {
        readBothBuilders();

        var query = query(filter, Sort.TYPE, false);
        var found = history.records(query, null, 100).items().stream()
                .map(RecordLife::record)
                .toList();

        assertThat(found.stream().map(CacheRecord::id).sorted())
                .containsExactly(ids == null ? new String[0] : ids.split(" "));
        assertThat(history.sum(query)).isEqualTo(CacheUsage.of(found));
        var streamed = new ArrayList<CacheRecord>();
        history.forEach(query, life -> streamed.add(life.record()));
        assertThat(streamed).isEqualTo(found);
    }

    private void readBothBuilders() {
        read(minute(-1), aRecord("gone").build());
        read(
                minute(0),
                aRecord("big").bytes(1_000_000).build(),
                aRecord("cold")
                        .created(NOON.minus(Duration.ofDays(31)))
                        .used(0, null)
                        .build(),
                aRecord("mount")
                        .type("exec.cachemount")
                        .described("cached mount /root/.npm from exec npm install")
                        .used(3, NOON.minus(Duration.ofDays(29)).minusSeconds(1))
                        .build(),
                aRecord("pct").described("RUN echo 100% \\ a_b").build(),
                aRecord("used").inUse().created(null).used(0, null).build());
        store.store(reading(OTHER_BUILDER, minute(0), aRecord("shared").shared().build()), true);
    }

    @Test
    void recordsOfOneDescriptionAreSummed() {
        read(minute(-1), aRecord("gone").described("RUN make").bytes(99).build());
        read(
                minute(0),
                aRecord("a").described("RUN make").bytes(3).build(),
                aRecord("b").described("RUN make").bytes(4).build(),
                aRecord("c").described("").bytes(5).build());
        store.store(
                reading(
                        OTHER_BUILDER,
                        minute(0),
                        aRecord("a").described("RUN make").build()),
                true);

        assertThat(history.byDescription(BUILDER))
                .isEqualTo(Map.of(
                        "RUN make", new Amount(2, new ByteSize(7)),
                        "", new Amount(1, new ByteSize(5))));
        assertThat(history.byDescription(new BuilderId(77))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void partsMakeUpTheListInEachOrder(Sort sort) {
        readManyWithTies();

        for (boolean descending : new boolean[] {true, false}) {
            var query = query(null, sort, descending);
            var whole = history.records(query, null, 1_000).items();
            assertThat(whole).hasSize(80);
            assertThat(inParts(query, 7)).isEqualTo(whole);
            assertThat(whole).isSortedAccordingTo(ListOrder.of(sort, descending));
        }
    }

    private void readManyWithTies() {
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < 40; i++) {
            records.add(aRecord("record" + i)
                    .bytes(i % 5)
                    .type(i % 3 == 0 ? "regular" : "source.local")
                    .created(i % 4 == 0 ? null : NOON.minusSeconds(i % 6))
                    .used(i % 7, i % 2 == 0 ? null : NOON.minusSeconds(i % 3))
                    .build());
        }
        var all = records.toArray(CacheRecord[]::new);
        read(minute(0), all);
        store.store(reading(OTHER_BUILDER, minute(0), all), true);
    }

    private List<RecordLife> inParts(RecordQuery query, int limit) {
        var all = new ArrayList<RecordLife>();
        String after = null;
        do {
            Page<RecordLife> part = history.records(query, after, limit);
            assertThat(part.items()).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
            all.addAll(part.items());
            after = part.next();
        } while (after != null);
        return all;
    }

    @Test
    void cursorOfAnotherOrderIsRefused() {
        readManyWithTies();
        String next = history.records(query(null, Sort.SIZE, true), null, 5).next();

        assertThatThrownBy(() -> history.records(query(null, Sort.SIZE, false), next, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("after: ");
        assertThatThrownBy(() -> history.records(query(null, Sort.SIZE, true), "made-up", 5))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void listStaysWholeWhileRecordsComeAndGo() {
        readManyWithTies();
        var query = query(null, Sort.SIZE, true);
        var first = history.records(query, null, 40);
        var last = first.items().getLast().record();
        // The one where the next part begins is deleted, and a larger one appears.
        var left = history.snapshot(first.items().getLast().builder()).orElseThrow().records().stream()
                .filter(record -> !record.equals(last))
                .toList();
        var changed = new ArrayList<>(left);
        changed.add(aRecord("new").bytes(1_000).build());
        store.store(reading(first.items().getLast().builder(), minute(1), changed.toArray(CacheRecord[]::new)), true);

        var second = history.records(query, first.next(), 40);

        assertThat(second.items()).hasSize(40).doesNotContainAnyElementsOf(first.items());
    }

    private static RecordQuery query(@Nullable String filter, Sort sort, boolean descending) {
        return RecordFilter.parse(filter).toQuery(name -> Optional.ofNullable(HOSTS.get(name)), sort, descending);
    }
}
