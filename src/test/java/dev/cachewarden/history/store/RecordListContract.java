package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.list.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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
    void filtersSelectMatchingRecords(@Nullable String filter, @Nullable String ids) {
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

    /** The first builder's figures were kept as it was read, the second's were read from the store, the third's are of a reading before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sumsOfFiguresInMemoryAreThoseOfTheStore(long seed) {
        var random = new Random(seed);
        context.addBuilder("three");
        for (int builder = 1; builder <= 3; builder++) {
            keep(reading(new BuilderId(builder), minute(0), randomRecords(random)), builder != 2);
        }
        context.get(StoredReadings.class).publishNew(() -> true);
        keep(reading(new BuilderId(3), minute(1), randomRecords(random)), false);
        keep(reading(BUILDER, minute(1), aRecord("x").build()), true);
        keep(reading(BUILDER, minute(2), randomRecords(random)), true);
        assertThat(context.get(KeptFigures.class)
                        .of(context.get(LastReadings.class).lastReadings()))
                .containsOnlyKeys(BUILDER, OTHER_BUILDER);

        var lists = context.get(RecordLists.class);
        var queries = Stream.generate(() -> randomQuery(random)).limit(150).toList();
        var sums = lists.sums(queries);
        for (int i = 0; i < queries.size(); i++) {
            assertThat(sums.get(i)).as("%s", queries.get(i)).isEqualTo(lists.storedSum(queries.get(i)));
        }
        assertThat(sums.stream().distinct().count()).as("the queries differ").isGreaterThan(30);
    }

    /** The first builder's figures were kept as it was read, the second's were read from the store. */
    @Test
    void childrenAreCountedInMemoryAndInTheStoreAlike() {
        var records = new CacheRecord[] {
            aRecord("root").build(),
            aRecord("one").under("root", "away").build(),
            aRecord("two").under("one", "root").build(),
            aRecord("three").under("root").build()
        };
        keep(
                reading(
                        BUILDER,
                        minute(-1),
                        aRecord("root").build(),
                        aRecord("gone").under("root").build()),
                true);
        keep(reading(BUILDER, minute(0), records), true);
        keep(reading(OTHER_BUILDER, minute(0), records), false);

        var lives = history.records(query("", Sort.TYPE, false), null, 100).items();

        assertThat(lives).hasSize(8);
        assertThat(history.childCounts(lives))
                .containsExactlyElementsOf(lives.stream()
                        .map(life -> List.of("three", "two", "one", "root")
                                .indexOf(life.record().id()))
                        .map(place -> List.of(0, 0, 1, 3).get(place))
                        .toList());
    }

    /** As after a prune of ours: the next reading is looked through whatever its fingerprint. */
    @Test
    void figuresOfAReadingWhoseFingerprintIsForgottenAreThatReadings() {
        keep(reading(BUILDER, minute(0), aRecord("a").bytes(7).build()), true);
        keep(reading(BUILDER, minute(1), aRecord("a").bytes(8).build()), false);
        jdbc.update("update usage_sample set fingerprint = null");

        assertThat(history.sum(query("size:>1", Sort.SIZE, true)).total().size())
                .isEqualTo(new ByteSize(8));
    }

    private void keep(BuilderReading reading, boolean published) {
        store.store(reading, true);
        if (published) {
            context.publish(reading.read());
        }
    }

    private static CacheRecord[] randomRecords(Random random) {
        return IntStream.range(0, 60)
                .mapToObj(i -> aRecord("r" + i)
                        .type(List.of("regular", "exec.cachemount", "frontend").get(random.nextInt(3)))
                        .bytes(random.nextInt(5) * 1_000L)
                        .created(random.nextBoolean() ? null : NOON.minus(Duration.ofDays(random.nextInt(4))))
                        .used(1, random.nextBoolean() ? null : NOON.minus(Duration.ofDays(random.nextInt(4))))
                        .described(random.nextBoolean() ? "RUN make" : "RUN test"))
                .map(record -> random.nextInt(4) == 0 ? record.inUse() : record)
                .map(record -> random.nextInt(3) == 0 ? record.shared() : record)
                .map(record -> record.build())
                .toArray(CacheRecord[]::new);
    }

    private static RecordQuery randomQuery(Random random) {
        return new RecordQuery(
                some(random, new HostId(1), new HostId(2), new HostId(3), new HostId(9)),
                some(random, RecordType.REGULAR, RecordType.EXEC_CACHEMOUNT, new RecordType("none")),
                some(random, UsageState.values()),
                random.nextInt(8) == 0 ? "make" : null,
                random.nextBoolean() ? null : new ByteSize(random.nextInt(6) * 1_000L),
                random.nextBoolean() ? null : Duration.ofDays(random.nextInt(4)),
                Sort.values()[random.nextInt(Sort.values().length)],
                random.nextBoolean());
    }

    @SafeVarargs
    private static <T> Set<T> some(Random random, T... values) {
        return random.nextBoolean()
                ? Set.of()
                : Stream.of(values).filter(value -> random.nextInt(3) == 0).collect(Collectors.toSet());
    }

    /** Against the plain list, sorted here. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void listsOfSomeTypesAreThoseOfAllNarrowedDown(long seed) {
        var random = new Random(seed);
        keep(reading(BUILDER, minute(0), randomRecords(random)), false);
        keep(reading(OTHER_BUILDER, minute(0), randomRecords(random)), false);
        for (var sort : Sort.values()) {
            for (boolean descending : new boolean[] {true, false}) {
                var narrowed = new ArrayList<>(history.records(query("size:>2000", sort, descending), null, 1_000)
                        .items());
                narrowed.removeIf(life -> life.record().type().equals(RecordType.REGULAR));
                narrowed.sort(ListOrder.of(sort, descending));
                var query = query("type:exec.cachemount type:frontend size:>2000", sort, descending);

                assertThat(inParts(query, 7)).isEqualTo(narrowed);
                var streamed = new ArrayList<RecordLife>();
                history.forEach(query, streamed::add);
                assertThat(streamed).isEqualTo(narrowed);
            }
        }
    }

    /** If the database may not sort, it sorts only where no index has the order. */
    @ParameterizedTest
    @EnumSource(
            value = Sort.class,
            names = {"SIZE", "LAST_USED", "USES"})
    void anIndexHoldsTheOrder(Sort sort) {
        for (String filter : new String[] {"", "state:in-use"}) {
            for (boolean descending : new boolean[] {true, false}) {
                var sql = new RecordSql(query(filter, sort, descending), NOON);

                assertThat(planWithoutSorting(sql)).noneMatch(line -> line.contains("Sort"));
            }
        }
    }

    private List<String> planWithoutSorting(RecordSql sql) {
        return Objects.requireNonNull(jdbc.execute((ConnectionCallback<List<String>>) connection -> {
            var template = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            template.execute("set enable_sort = off");
            try {
                return template.query("explain " + sql.first(), (row, number) -> row.getString(1), sql.parameters(101));
            } finally {
                template.execute("reset enable_sort");
            }
        }));
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void agesNarrowEachOrderDown(long seed) {
        var random = new Random(seed);
        keep(reading(BUILDER, minute(0), randomRecords(random)), false);
        for (var sort : Sort.values()) {
            for (boolean descending : new boolean[] {true, false}) {
                var narrowed = new ArrayList<>(history.records(query("", sort, descending), null, 1_000)
                        .items());
                narrowed.removeIf(life -> {
                    var touched = life.record().lastTouchedAt();
                    return touched == null || !touched.isBefore(NOON.minus(Duration.ofDays(1)));
                });

                assertThat(narrowed).isNotEmpty();
                assertThat(inParts(query("unused:>1d", sort, descending), 7)).isEqualTo(narrowed);
            }
        }
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
