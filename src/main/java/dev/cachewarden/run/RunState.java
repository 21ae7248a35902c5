package dev.cachewarden.run;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The state of a run, and the states that can follow it. A run deletes records only while it is RUNNING. */
public enum RunState {
    /** The run is larger than its policy allows without approval. */
    AWAITING_APPROVAL,
    /** The run waits until its countdown ends, or until another run on the same engine ends. */
    COUNTDOWN,
    /** The run is the only one on the engine, and waits for running builds to release the cache. */
    WAITING_FOR_BUILDS,
    /** The run checks the records again and deletes them. */
    RUNNING,
    /** The run has finished deleting, and Cachewarden reads the cache to verify the result. */
    VERIFYING,
    /** Every planned record is deleted, or was skipped for a reason that is not a failure. */
    DONE,
    /** Some records are deleted, and others failed. */
    PARTIAL,
    /** The run ended before it deleted anything, or it deleted nothing and a deletion failed. */
    FAILED,
    /** A user canceled the run. It reports the records deleted until then. */
    CANCELED;

    /** Returns whether a run in this state can change to another state. */
    public boolean canBecome(RunState next) {
        return switch (this) {
            case AWAITING_APPROVAL -> next == COUNTDOWN || next == CANCELED;
            case COUNTDOWN -> next == RUNNING || next == CANCELED;
            case WAITING_FOR_BUILDS -> next == COUNTDOWN || next == RUNNING || next == FAILED || next == CANCELED;
            case RUNNING -> next == WAITING_FOR_BUILDS || next == VERIFYING || next == FAILED;
            case VERIFYING -> next.ended();
            case DONE, PARTIAL, FAILED, CANCELED -> false;
        };
    }

    public boolean ended() {
        return switch (this) {
            case AWAITING_APPROVAL, COUNTDOWN, WAITING_FOR_BUILDS, RUNNING, VERIFYING -> false;
            case DONE, PARTIAL, FAILED, CANCELED -> true;
        };
    }

    /** Returns whether a replica executes the run, so that no other run can start on its engine. */
    public boolean active() {
        return this == WAITING_FOR_BUILDS || this == RUNNING || this == VERIFYING;
    }

    /** Returns whether the run can be canceled, before it starts or between two batches. */
    public boolean stoppable() {
        return !ended() && this != VERIFYING;
    }

    /** Returns the name of the state for users. */
    public String text() {
        return switch (this) {
            case AWAITING_APPROVAL -> "Waiting for approval";
            case COUNTDOWN -> "Starting soon";
            case WAITING_FOR_BUILDS -> "Waiting for builds";
            case RUNNING -> "Running";
            case VERIFYING -> "Verifying";
            case DONE -> "Done";
            case PARTIAL -> "Partially done";
            case FAILED -> "Failed";
            case CANCELED -> "Canceled";
        };
    }

    /** Returns the names of all states with a property, as stored. */
    public static List<String> namesOf(Predicate<RunState> property) {
        return Arrays.stream(values()).filter(property).map(RunState::name).toList();
    }
}
