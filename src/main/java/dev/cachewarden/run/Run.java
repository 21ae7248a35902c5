package dev.cachewarden.run;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunNote.Code;
import dev.cachewarden.run.RunView.By;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run between its request and its end: its state, and all that changes with it. Every change of state is a method of this class. A method
 * that returns false changed nothing, because the run is in another state, or another replica owns it. Two changes leave the state as it is
 * and bypass this class: {@code RunLedger} adds notes, and {@code RunRows} updates the heartbeat.
 */
public final class Run {

    private RunState state;
    private Instant startAt;
    private @Nullable String owner;
    private @Nullable Instant heartbeatAt;
    private @Nullable By approval;
    private @Nullable By cancel;
    private @Nullable Instant waitingSince;
    private @Nullable Instant startedAt;
    private @Nullable Instant deletionEndedAt;
    private @Nullable Instant endedAt;
    private final List<RunNote> notes;

    /** The values of a run, as stored. */
    public record Snapshot(
            RunState state,
            Instant startAt,
            @Nullable String owner,
            @Nullable Instant heartbeatAt,
            @Nullable By approval,
            @Nullable By cancel,
            @Nullable Instant waitingSince,
            @Nullable Instant startedAt,
            @Nullable Instant deletionEndedAt,
            @Nullable Instant endedAt,
            List<RunNote> notes) {

        public Snapshot {
            notes = List.copyOf(notes);
        }
    }

    private Run(RunState state, Instant startAt, List<RunNote> notes) {
        this.state = state;
        this.startAt = startAt;
        this.notes = new ArrayList<>(notes);
    }

    /** Creates a run of a plan. A run without records is done immediately. */
    public static Run request(boolean empty, boolean needsApproval, Instant now, Instant startAt) {
        if (empty) {
            var done = new Run(RunState.DONE, now, List.of(RunNote.of(Code.NOTHING_TO_DELETE)));
            done.endedAt = now;
            return done;
        }
        return new Run(needsApproval ? RunState.AWAITING_APPROVAL : RunState.COUNTDOWN, startAt, List.of());
    }

    /** Returns the run with these values. */
    public static Run of(Snapshot stored) {
        var run = new Run(stored.state, stored.startAt, stored.notes);
        run.owner = stored.owner;
        run.heartbeatAt = stored.heartbeatAt;
        run.approval = stored.approval;
        run.cancel = stored.cancel;
        run.waitingSince = stored.waitingSince;
        run.startedAt = stored.startedAt;
        run.deletionEndedAt = stored.deletionEndedAt;
        run.endedAt = stored.endedAt;
        return run;
    }

    public Snapshot snapshot() {
        return new Snapshot(
                state,
                startAt,
                owner,
                heartbeatAt,
                approval,
                cancel,
                waitingSince,
                startedAt,
                deletionEndedAt,
                endedAt,
                notes);
    }

    /** Starts the countdown of a run that waits for approval. */
    public boolean approve(Caller by, Instant now, Instant start) {
        if (state != RunState.AWAITING_APPROVAL) {
            return false;
        }
        become(RunState.COUNTDOWN);
        approval = by(by, now);
        startAt = start;
        return true;
    }

    /** Ends a run that has not started, or requests that it stops after its current batch. The first request counts. */
    public boolean cancel(Caller by, Instant now) {
        if (!state.stoppable()) {
            return false;
        }
        if (cancel == null) {
            cancel = by(by, now);
        }
        if (!state.active()) {
            notes.add(RunNote.of(Code.CANCELED_BEFORE_START));
            end(RunState.CANCELED, now);
        }
        return true;
    }

    private static By by(Caller caller, Instant now) {
        return new By(caller.name(), now, caller.token(), caller.address());
    }

    /** Starts a run whose countdown is over. */
    public boolean claim(String replica, Instant now) {
        if (state != RunState.COUNTDOWN || startAt.isAfter(now)) {
            return false;
        }
        become(RunState.RUNNING);
        owner = replica;
        heartbeatAt = now;
        startedAt = now;
        return true;
    }

    /** Waits for builds. The wait began when the run first waited, possibly on another replica. */
    public boolean beginWaiting(String replica, Instant now) {
        if (!isOwnedBy(replica)) {
            return false;
        }
        become(RunState.WAITING_FOR_BUILDS);
        startedAt = null;
        waitingSince = Objects.requireNonNullElse(waitingSince, now);
        return true;
    }

    public boolean endWaiting(String replica, Instant now) {
        if (!isOwnedBy(replica)) {
            return false;
        }
        become(RunState.RUNNING);
        startedAt = now;
        return true;
    }

    /** Releases a run that waits for builds, so that any replica can claim it. It has sent nothing to the builder yet. */
    public boolean release(String replica) {
        return isOwnedBy(replica) && release();
    }

    /** Releases a run that waits for builds on a replica that has sent no heartbeat since the given time. */
    public boolean releaseIfDead(Instant since) {
        return state == RunState.WAITING_FOR_BUILDS && isSilent(since) && release();
    }

    private boolean release() {
        become(RunState.COUNTDOWN);
        owner = null;
        heartbeatAt = null;
        return true;
    }

    /** Takes over a run without a heartbeat since the given time, to verify what it actually deleted. */
    public boolean takeOver(String replica, Instant since, Instant now) {
        boolean interrupted = state == RunState.RUNNING;
        if (!interrupted && state != RunState.VERIFYING || !isSilent(since)) {
            return false;
        }
        if (interrupted) {
            notes.add(RunNote.of(Code.TAKEN_OVER));
            verify(now);
        }
        owner = replica;
        heartbeatAt = now;
        return true;
    }

    /** Ends the deletion. */
    public boolean beginVerifying(String replica, Instant now) {
        if (!isOwnedBy(replica)) {
            return false;
        }
        verify(now);
        return true;
    }

    private void verify(Instant now) {
        become(RunState.VERIFYING);
        deletionEndedAt = Objects.requireNonNullElse(deletionEndedAt, now);
    }

    /** Ends a run with its result. */
    public boolean close(String replica, RunState result, Instant now) {
        if (!isOwnedBy(replica)) {
            return false;
        }
        end(result, now);
        return true;
    }

    private void end(RunState result, Instant now) {
        become(result);
        endedAt = now;
    }

    private boolean isOwnedBy(String replica) {
        return replica.equals(owner) && !state.ended();
    }

    private boolean isSilent(Instant since) {
        return heartbeatAt != null && heartbeatAt.isBefore(since);
    }

    private void become(RunState next) {
        if (!state.canBecome(next)) {
            throw new IllegalStateException("A run that is " + state + " cannot become " + next);
        }
        state = next;
    }
}
