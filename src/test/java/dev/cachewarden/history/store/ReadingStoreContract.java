package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordLife.DeletionCause;
import dev.cachewarden.history.UsageHistory.Disappearance;
import dev.cachewarden.history.UsageHistory.RecordUse;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.history.store.ReadingStore.Outcome;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Readings go in by their difference and come out whole. */
abstract class ReadingStoreContract extends StoreContract {

    private static final CacheRecord A = aRecord("aaa").bytes(5_000).build();
    private static final CacheRecord B =
            aRecord("bbb").under("aaa").type("exec.cachemount").build();

    @Test
    void firstReadingStoresAllOfIt() {
        assertThat(read(minute(0), A, B)).isEqualTo(Outcome.CHANGED);

        assertThat(snapshot()).isEqualTo(new CacheSnapshot(BUILDER, minute(0), List.of(A, B)));
        assertThat(life("aaa")).isEqualTo(new RecordLife(BUILDER, A, minute(0), minute(0), null, null, null));
        assertThat(history.latest(BUILDER)).hasValueSatisfying(sample -> {
            assertThat(sample.takenAt()).isEqualTo(minute(0));
            assertThat(sample.span()).isZero();
            assertThat(sample.usage()).isEqualTo(CacheUsage.of(List.of(A, B)));
            assertThat(sample.highest().bytes()).isEqualTo(6_000);
        });
        assertThat(history.snapshot(OTHER_BUILDER)).isEmpty();
        assertThat(history.latest()).containsOnlyKeys(BUILDER);
        assertThat(published()).containsExactly(new UsageSampled(new HostId(1), BUILDER, minute(0), true));
    }

    @Test
    void emptyCacheIsAReadingToo() {
        assertThat(read(minute(0))).isEqualTo(Outcome.CHANGED);
        assertThat(snapshot().records()).isEmpty();
        assertThat(history.latest(BUILDER))
                .hasValueSatisfying(sample -> assertThat(sample.usage()).isEqualTo(CacheUsage.EMPTY));
        assertThat(read(minute(1))).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void unchangedCacheAddsOneRowInAnyOrder() {
        read(minute(0), A, B);
        var rows = versionsOfRows();

        assertThat(read(minute(1), B, A)).isEqualTo(Outcome.UNCHANGED);

        assertThat(count("usage_sample")).isEqualTo(2);
        assertThat(versionsOfRows()).as("no record was written").isEqualTo(rows);
        assertThat(count("record_use")).isZero();
        assertThat(snapshot()).isEqualTo(new CacheSnapshot(BUILDER, minute(1), List.of(A, B)));
        assertThat(published()).last().isEqualTo(new UsageSampled(new HostId(1), BUILDER, minute(1), false));
    }

    @Test
    void changedRecordIsWrittenAndOthersAreLeftAlone() {
        read(minute(0), A, B);
        var grown = aRecord("bbb")
                .under("aaa")
                .type("exec.cachemount")
                .bytes(9_000)
                .inUse()
                .build();

        assertThat(read(minute(1), A, grown)).isEqualTo(Outcome.CHANGED);

        assertThat(life("bbb")).isEqualTo(new RecordLife(BUILDER, grown, minute(0), minute(1), null, null, null));
        assertThat(life("aaa").changedAt()).isEqualTo(minute(0));
        assertThat(count("record_use")).isZero();
    }

    @Test
    void useIsSeenWhereCountOrTimeMovesOn() {
        read(
                minute(0),
                aRecord("aaa").used(1, NOON.minusSeconds(60)).build(),
                aRecord("bbb").used(0, null).build());
        read(
                minute(1),
                aRecord("aaa").used(2, NOON.plusSeconds(30)).build(),
                aRecord("bbb").used(0, NOON).build());
        read(
                minute(2),
                aRecord("aaa").used(4, NOON.plusSeconds(90)).build(),
                aRecord("bbb").used(0, NOON).build());

        assertThat(history.uses(BUILDER, "aaa", 10))
                .containsExactly(
                        new RecordUse(minute(2), NOON.plusSeconds(90), 4),
                        new RecordUse(minute(1), NOON.plusSeconds(30), 2));
        assertThat(history.uses(BUILDER, "aaa", 1)).hasSize(1);
        var past = history.past(BUILDER, minute(1));
        assertThat(past.lives()).extracting(life -> life.record().id()).contains("aaa", "bbb");
        assertThat(past.uses().get("aaa"))
                .containsExactlyElementsOf(history.uses(BUILDER, "aaa", 10).reversed());
        assertThat(history.past(BUILDER, minute(90)).uses()).isEmpty();
        assertThat(history.uses(BUILDER, "bbb", 10)).containsExactly(new RecordUse(minute(1), NOON, 0));
    }

    @Test
    void countThatMovesBackIsNoUse() {
        read(minute(0), aRecord("aaa").used(7, NOON).build());
        read(minute(1), aRecord("aaa").used(1, NOON.minusSeconds(99)).build());

        assertThat(count("record_use")).isZero();
        assertThat(life("aaa").record().usageCount()).isEqualTo(1);
    }

    @Test
    void missingRecordIsMarkedAsDisappeared() {
        read(minute(0), A, B);
        read(minute(1), A);

        assertThat(life("bbb"))
                .isEqualTo(new RecordLife(BUILDER, B, minute(0), minute(0), minute(1), DeletionCause.UNKNOWN, null));
        assertThat(snapshot().records()).containsExactly(A);
    }

    @Test
    void unexplainedDisappearancesAreListedBySnapshot() {
        var c = aRecord("ccc").build();
        read(minute(0), A, B, c);
        read(minute(1), A, c);
        history.markPruned(BUILDER, 17, List.of("ccc"), minute(1));
        read(minute(2), A);
        read(minute(3), aRecord("zzz").build());

        assertThat(history.disappearances(BUILDER, null))
                .containsExactly(
                        new Disappearance(minute(0), minute(1), new Amount(1, B.size())),
                        new Disappearance(minute(2), minute(3), new Amount(1, A.size())));
        assertThat(history.disappearances(BUILDER, minute(1)))
                .extracting(Disappearance::at)
                .containsExactly(minute(3));
        assertThat(history.lastMissing()).containsExactly(entry(BUILDER, minute(3)));

        history.markExternal(BUILDER, minute(1));
        assertThat(life("bbb").deletionCause()).isEqualTo(DeletionCause.EXTERNAL);
        assertThat(life("ccc").deletionCause()).isEqualTo(DeletionCause.RUN);
        assertThat(history.disappearances(BUILDER, null))
                .extracting(Disappearance::at)
                .containsExactly(minute(3));
    }

    @Test
    void recordsABuildHeldAreNotListedWhenTheyGoWithIt() {
        read(minute(0), A, aRecord("tmp").inUse().build());
        read(minute(1), A);

        assertThat(life("tmp").deletionCause()).isEqualTo(DeletionCause.UNKNOWN);
        assertThat(history.disappearances(BUILDER, null)).isEmpty();
    }

    @Test
    void resultKeptTwiceIsNotListedWhenOneOfItsRecordsGoes() {
        var other = aRecord("other").under("aaa").bytes(7);
        read(
                minute(0),
                A,
                aRecord("one").under("aaa").build(),
                aRecord("two").under("aaa").build(),
                other.build());
        read(minute(1), A, aRecord("two").under("aaa").build(), other.build());
        assertThat(history.disappearances(BUILDER, null)).isEmpty();
        history.markExternal(BUILDER, minute(1));
        assertThat(life("one").deletionCause()).isEqualTo(DeletionCause.UNKNOWN);

        read(minute(2), A);
        assertThat(history.disappearances(BUILDER, null))
                .extracting(deleted -> deleted.amount().records())
                .containsExactly(2L);
    }

    @Test
    void recordThatComesBackIsThereAgain() {
        read(minute(0), A, B);
        read(minute(1), A);
        read(minute(2), A, B);

        assertThat(life("bbb")).isEqualTo(new RecordLife(BUILDER, B, minute(0), minute(2), null, null, null));
        assertThat(snapshot().records()).containsExactly(A, B);
    }

    @Test
    void deletedRecordsAreAttributedToTheirRun() {
        read(minute(0), A, B);
        history.markPruned(BUILDER, 17, List.of("bbb", "unheard-of"), minute(1));
        assertThat(life("bbb").deletedByRunId())
                .as("still in the last snapshot")
                .isNull();

        read(minute(2), A);

        assertThat(life("bbb"))
                .isEqualTo(new RecordLife(BUILDER, B, minute(0), minute(0), minute(2), DeletionCause.RUN, 17L));
    }

    @Test
    void recordsMissingDuringARunAreAttributedToIt() {
        read(minute(0), A, B);
        read(minute(1), A);
        history.markPruned(BUILDER, 17, List.of("bbb"), minute(1));

        assertThat(life("bbb").deletionCause()).isEqualTo(DeletionCause.RUN);
        assertThat(life("bbb").deletedByRunId()).isEqualTo(17);
        assertThat(life("bbb").missingSince()).isEqualTo(minute(1));
    }

    @Test
    void recordThatIsStillThereAfterTheRunWasNotDeletedByIt() {
        read(minute(0), A, B);
        history.markPruned(BUILDER, 17, List.of("bbb"), minute(1));
        assertThat(read(minute(2), A, B)).as("the same records").isEqualTo(Outcome.UNCHANGED);
        read(minute(3), A);

        assertThat(life("bbb").deletionCause()).isEqualTo(DeletionCause.UNKNOWN);
        assertThat(life("bbb").deletedByRunId()).isNull();
    }

    @Test
    void readingThatBeganBeforeTheRunEndedProvesNothing() {
        read(minute(0), A, B);
        history.markPruned(BUILDER, 17, List.of("bbb"), minute(1));
        // Asked for 40 ms before it was taken, which is before the run ended.
        read(minute(1).plusMillis(20), A, B);
        read(minute(2), A);

        assertThat(life("bbb").deletedByRunId()).isEqualTo(17);
    }

    @Test
    void readingWithNothingInCommonIsDoubtfulUntilTheEngineIsCertain() {
        read(minute(0), A, B);
        var stranger = aRecord("zzz").build();

        assertThat(store.store(reading(BUILDER, minute(1), stranger), false)).isEqualTo(Outcome.DOUBTFUL);
        assertThat(store.store(reading(BUILDER, minute(1)), false)).isEqualTo(Outcome.DOUBTFUL);
        assertThat(count("usage_sample")).isEqualTo(1);
        assertThat(snapshot().records()).containsExactly(A, B);

        assertThat(store.store(reading(BUILDER, minute(1), stranger), true)).isEqualTo(Outcome.CHANGED);
        assertThat(snapshot().records()).containsExactly(stranger);
    }

    @Test
    void earlierReadingThatComesLateIsDropped() {
        read(minute(1), A, B);

        assertThat(read(minute(0), A)).isEqualTo(Outcome.OUTDATED);
        assertThat(read(minute(1), A)).isEqualTo(Outcome.OUTDATED);
        assertThat(snapshot().records()).containsExactly(A, B);
        assertThat(published()).hasSize(1);
    }

    @Test
    void readingOfARemovedBuilderIsDropped() {
        assertThat(store.store(reading(new BuilderId(99), minute(0), A), true)).isEqualTo(Outcome.OUTDATED);
    }

    @Test
    void keepsTheOddestRecordsAsTheyWere() {
        var odd = List.of(
                aRecord("year1")
                        .created(Instant.parse("0001-01-01T00:00:00Z"))
                        .used(0, null)
                        .mutable(null)
                        .build(),
                aRecord("undated").created(null).used(0, null).mutable(true).build(),
                aRecord("huge")
                        .bytes(1L << 55)
                        .used(Long.MAX_VALUE, CacheRecordDates.LAST)
                        .build(),
                aRecord("quoted")
                        .described("a,b{c}\"d\"\\e'f\n\t \uD83D\uDC33 %_ null NULL")
                        .build(),
                aRecord("empty").described("").build(),
                aRecord("family")
                        .under("p1", "p,2", "p\"3")
                        .type("some.new.type")
                        .build(),
                aRecord("before1970")
                        .created(Instant.parse("1969-12-31T23:59:59.999999Z"))
                        .build());

        read(minute(0), odd.toArray(CacheRecord[]::new));

        assertThat(snapshot().records()).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(read(minute(1), odd.toArray(CacheRecord[]::new))).isEqualTo(Outcome.UNCHANGED);
        read(minute(2), odd.getFirst());
        assertThat(read(minute(3), odd.toArray(CacheRecord[]::new))).isEqualTo(Outcome.CHANGED);
        assertThat(snapshot().records()).containsExactlyInAnyOrderElementsOf(odd);
        assertThat(life("quoted").changedAt()).isEqualTo(minute(3));
    }

    @Test
    void whatCannotBeStoredExactlyIsNoChangeEachTime() {
        var read = aRecord("aaa")
                .described("with\0NUL")
                .created(Instant.parse("2026-03-01T10:00:00.123456789Z"))
                .used(1, Instant.parse("+12026-03-01T10:00:00Z"))
                .build();

        read(minute(0), read);
        assertThat(read(minute(1), read)).isEqualTo(Outcome.UNCHANGED);
        assertThat(snapshot().records())
                .containsExactly(aRecord("aaa")
                        .described("with\uFFFDNUL")
                        .created(Instant.parse("2026-03-01T10:00:00.123456Z"))
                        .used(1, null)
                        .build());
    }

    @Test
    void readingsStoredAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        var attempts = new ArrayList<Callable<Outcome>>();
        for (int round = 0; round < 20; round++) {
            var records = new ArrayList<CacheRecord>();
            for (int i = 0; i <= round; i++) {
                records.add(
                        aRecord("r" + i).used(round, NOON.plusSeconds(round)).build());
            }
            var reading = reading(BUILDER, NOON.plusSeconds(round), records.toArray(CacheRecord[]::new));
            attempts.add(() -> store.store(reading, true));
            attempts.add(() -> store.store(reading, true));
        }
        try (var replicas = Executors.newFixedThreadPool(8)) {
            for (Future<Outcome> attempt : replicas.invokeAll(attempts)) {
                assertThat(attempt.get()).isNotEqualTo(Outcome.DOUBTFUL);
            }
        }
        var last = snapshot();
        assertThat(last.takenAt()).isEqualTo(NOON.plusSeconds(19));
        assertThat(last.records()).hasSize(20).allMatch(record -> record.usageCount() == 19);
        assertThat(count("usage_sample")).isEqualTo(published().size()).isLessThanOrEqualTo(20);
    }

    @Test
    void tenThousandRecordsAreOneReading() {
        var records = new CacheRecord[10_000];
        for (int i = 0; i < records.length; i++) {
            records[i] = aRecord("record" + i).bytes(i).build();
        }
        read(minute(0), records);
        records[5_000] = aRecord("record5000").inUse().build();
        assertThat(read(minute(1), records)).isEqualTo(Outcome.CHANGED);

        assertThat(snapshot().records()).hasSize(10_000);
        assertThat(jdbc.queryForList(
                        "select record_id from cache_record where changed_at = ?",
                        String.class,
                        Rows.parameter(minute(1))))
                .containsExactly("record5000");
    }

    private CacheSnapshot snapshot() {
        var snapshot = history.snapshot(BUILDER).orElseThrow();
        return new CacheSnapshot(
                snapshot.builder(),
                snapshot.takenAt(),
                snapshot.records().stream()
                        .sorted((one, other) -> one.id().compareTo(other.id()))
                        .toList());
    }

    private RecordLife life(String recordId) {
        return history.record(BUILDER, recordId).orElseThrow();
    }

    /** Changes for each row that is written, even to the same values. */
    private List<String> versionsOfRows() {
        return jdbc.query(
                "select record_id || ' ' || xmin as version from cache_record order by 1",
                (row, number) -> String.valueOf(row.getString("version")));
    }

    /** Dates at the end of what is believed. */
    private interface CacheRecordDates {
        Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z").minus(Duration.ofDays(1));
    }
}
