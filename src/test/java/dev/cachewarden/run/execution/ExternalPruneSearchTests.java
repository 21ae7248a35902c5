package dev.cachewarden.run.execution;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.engine.BuilderEvents.PruneEvent;
import dev.cachewarden.history.UsageHistory.Disappearance;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class ExternalPruneSearchTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final BuilderId BUILDER = new BuilderId(1);

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final ExternalPruneRows rows = new ExternalPruneRows(JdbcClient.create(database.dataSource()));
    private final ExternalPruneSearch search = new ExternalPruneSearch(fleet, fleet, fleet, rows, clock);

    @BeforeEach
    void aHost() {
        database.clear();
        fleet.addStored(database, 1, "engine-1");
    }

    /** Ten records of a megabyte each, missed by the reading of that minute. */
    private static Disappearance disappearance(int minute) {
        return new Disappearance(at(minute - 1), at(minute), new Amount(10, new ByteSize(10_000_000)));
    }

    private static Instant at(int minute) {
        return NOW.minus(Duration.ofHours(1)).plus(Duration.ofMinutes(minute));
    }

    private List<ExternalPrune> found() {
        return rows.list(BUILDER, null, 10).items();
    }

    @Test
    void recordWhatDisappearedWithoutAWord() {
        fleet.disappearances.add(disappearance(5));

        search.search();

        assertThat(found())
                .containsExactly(new ExternalPrune(
                        BUILDER,
                        at(4),
                        at(5),
                        new Amount(10, new ByteSize(10_000_000)),
                        Known.DISAPPEARED,
                        null,
                        null));
        assertThat(fleet.markedExternal).isEmpty();
    }

    @Test
    void recordsThePruneOfAnEvent() {
        fleet.disappearances.addAll(List.of(disappearance(5), disappearance(9)));
        fleet.events.add(new PruneEvent(at(9).minusSeconds(20), new ByteSize(9_000_000)));

        search.search();

        assertThat(found()).extracting(ExternalPrune::known).containsExactly(Known.EVENT, Known.DISAPPEARED);
        assertThat(found().getFirst().eventAt()).isEqualTo(at(9).minusSeconds(20));
        assertThat(found().getFirst().reported()).isEqualTo(new ByteSize(9_000_000));
        assertThat(fleet.markedExternal).containsExactly(at(9));
    }

    @Test
    void recordEachOnce() {
        fleet.disappearances.add(disappearance(5));
        search.search();
        search.search();
        assertThat(found()).hasSize(1);

        fleet.disappearances.add(disappearance(7));
        search.search();
        assertThat(found()).extracting(ExternalPrune::at).containsExactly(at(7), at(5));
    }

    @Test
    void decidesNothingWhileARunIsNotClosed() {
        fleet.disappearances.add(disappearance(5));
        run("VERIFYING", at(4), null);
        search.search();
        assertThat(found()).isEmpty();

        // By now the run has told which of them were its own, and none is left.
        database.jdbc().update("update prune_run set state = 'DONE', ended_at = now()");
        fleet.disappearances.clear();
        fleet.disappearances.add(disappearance(9));
        search.search();
        assertThat(found()).extracting(ExternalPrune::at).containsExactly(at(9));
    }

    @Test
    void decidesNothingThatARunExplainedDuringTheSearch() {
        run("RUNNING", at(4), null);
        database.jdbc().update("update prune_run set state = 'CANCELED'");
        fleet.disappearances.add(new Disappearance(at(4), at(5), new Amount(1, ByteSize.ZERO)));
        var closing = new ExternalPruneSearch(
                fleet,
                fleet,
                (connection, capabilities, since, until) -> {
                    database.jdbc().update("update prune_run set ended_at = now()");
                    return List.of();
                },
                rows,
                clock);

        closing.search();

        assertThat(found()).isEmpty();
    }

    @Test
    void ignoresEventsOfOwnRuns() {
        run("DONE", at(4).plusSeconds(30), at(4).plusSeconds(40));
        fleet.disappearances.add(disappearance(5));
        fleet.events.add(new PruneEvent(at(4).plusSeconds(35), new ByteSize(9_000_000)));

        search.search();

        assertThat(found()).extracting(ExternalPrune::known).containsExactly(Known.DISAPPEARED);
    }

    @Test
    void askLaterWhereTheEngineDoesNotAnswerAndNotForEver() {
        fleet.disappearances.add(disappearance(59));
        fleet.eventsRefused = true;
        search.search();
        assertThat(found()).isEmpty();

        clock.advance(Duration.ofHours(1));
        search.search();
        assertThat(found()).extracting(ExternalPrune::known).containsExactly(Known.DISAPPEARED);
    }

    @Test
    void forgetWhatIsOld() {
        fleet.disappearances.addAll(List.of(disappearance(3), disappearance(5)));
        search.search();

        rows.deleteOlderThan(at(4));

        assertThat(found()).extracting(ExternalPrune::at).containsExactly(at(5));
        search.search();
        assertThat(found()).as("not found again").hasSize(1);
    }

    @Test
    void listInParts() {
        fleet.disappearances.addAll(List.of(disappearance(3), disappearance(5), disappearance(7)));
        search.search();

        var first = rows.list(BUILDER, null, 2);
        assertThat(first.items()).extracting(ExternalPrune::at).containsExactly(at(7), at(5));
        var rest = rows.list(BUILDER, first.next(), 2);
        assertThat(rest.items()).extracting(ExternalPrune::at).containsExactly(at(3));
        assertThat(rest.next()).isNull();
    }

    private static void run(String state, Instant startedAt, @Nullable Instant endedAt) {
        var start = startedAt.atOffset(ZoneOffset.UTC);
        var end = endedAt == null ? null : endedAt.atOffset(ZoneOffset.UTC);
        database.jdbc().update("""
                insert into prune_plan (host_id, host_name, builder_id, engine_id, mode, snapshot_at, created_at, created_by, rules,
                    limit_per_run_bytes, record_count, total_bytes, kept_count, kept_bytes, kept_reasons, by_type)
                values (1, 'host-1', 1, 'engine-1', 'ENFORCE', now(), now(), 'ada', '[]', 0, 0, 0, 0, 0, '{}', '{}')""");
        database.jdbc().update("""
                insert into prune_run (plan_id, builder_id, engine_id, state, trigger, requested_by, requested_at, start_at,
                    started_at, deletion_ended_at, ended_at)
                values (1, 1, 'engine-1', ?, 'MANUAL', 'ada', now(), now(), ?, ?, ?)""", state, start, end, end);
    }
}
