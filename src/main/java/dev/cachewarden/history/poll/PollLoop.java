package dev.cachewarden.history.poll;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.store.HistoryUpkeep;
import dev.cachewarden.history.store.Leases;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostSaved;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.repeat.RepeatedStep;
import dev.cachewarden.repeat.Repeater;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.event.TransactionalEventListener;

/** Runs the poller once a second, and the upkeep of the history periodically, as long as this replica holds the lease. */
final class PollLoop extends RepeatedStep {

    static final String LEASE = "poll";
    /**
     * The lease. Together with the pause of the loop, it is shorter than two of the shortest poll intervals, so another replica takes over
     * in time.
     */
    static final Duration LEASE_LENGTH = Duration.ofSeconds(6);

    private static final Duration RENEW_AFTER = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration ROLL_UP_EVERY = Duration.ofMinutes(5);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final Poller poller;
    private final HistoryUpkeep upkeep;
    private final Consumer<Instant> rolledUp;
    private final Leases leases;
    private final HistorySettings settings;
    private final InstantSource clock;
    private final String replica;
    private final PollStore store;

    private @Nullable Instant renewedAt;
    private Instant rolledUpAt = Instant.MIN;
    private Instant forgotAt = Instant.MIN;
    private @Nullable Thread upkeepUnderWay;

    /**
     * Creates the loop of one replica.
     *
     * @param rolledUp called after each roll-up with its time
     * @param replica a unique name of this replica
     */
    PollLoop(
            Poller poller,
            HistoryUpkeep upkeep,
            Consumer<Instant> rolledUp,
            Leases leases,
            HistorySettings settings,
            InstantSource clock,
            String replica,
            PollStore store,
            Repeater repeater) {
        super(repeater, "Polling", PAUSE, PAUSE);
        this.poller = poller;
        this.upkeep = upkeep;
        this.rolledUp = rolledUp;
        this.leases = leases;
        this.settings = settings;
        this.clock = clock;
        this.replica = replica;
        this.store = store;
    }

    /** Starts the due work and returns the readings that it started. */
    Map<HostId, CompletableFuture<Void>> step(Instant now) {
        if (!store.answers()) {
            store.skipped(poller.skipDue(now));
            return Map.of();
        }
        if (!holdsLease(now)) {
            return Map.of();
        }
        startMaintenance(now);
        return poller.pollDue(now);
    }

    private boolean holdsLease(Instant now) {
        if (renewedAt != null && now.isBefore(renewedAt.plus(RENEW_AFTER))) {
            return true;
        }
        renewedAt = leases.take(LEASE, replica, now, LEASE_LENGTH) ? now : null;
        return renewedAt != null;
    }

    /** Runs the upkeep on a thread of its own, because it may take longer than a reading may be delayed. */
    private void startMaintenance(Instant now) {
        boolean rollUp = !now.isBefore(orEarliest(rolledUpAt, ROLL_UP_EVERY));
        if (!rollUp || (upkeepUnderWay != null && upkeepUnderWay.isAlive())) {
            return;
        }
        rolledUpAt = now;
        boolean forget = !now.isBefore(orEarliest(forgotAt, FORGET_EVERY));
        if (forget) {
            forgotAt = now;
        }
        upkeepUnderWay = Thread.ofVirtual().name("history-upkeep").start(Guard.task("History maintenance", () -> {
            upkeep.rollUp(now);
            if (forget) {
                upkeep.forget(now);
            }
            rolledUp.accept(now);
        }));
    }

    private static Instant orEarliest(Instant last, Duration every) {
        return last.equals(Instant.MIN) ? last : last.plus(every);
    }

    /** Reads a host immediately after a user saved it. */
    @TransactionalEventListener
    void on(HostSaved saved) {
        poller.bringForward(saved.host());
        wakeUp();
    }

    @Override
    protected boolean enabled() {
        return settings.polling();
    }

    @Override
    protected void step() {
        step(clock.instant());
    }

    /** Releases the lease, so that another replica takes over immediately. */
    @Override
    protected void release() {
        poller.close();
        leases.release(LEASE, replica);
    }
}
