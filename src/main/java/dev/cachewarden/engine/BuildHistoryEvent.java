package dev.cachewarden.engine;

/** An event in the build history of a builder. */
public sealed interface BuildHistoryEvent {

    /** A build runs. */
    record Started(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /** A build has ended, or its record changed after its end. */
    record Ended(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /**
     * The recorded builds are complete for now: the builder has sent all of them, or is slow to send more. Occurs at most once per call.
     */
    record CaughtUp() implements BuildHistoryEvent {}

    /** The builder removed a build from its history. */
    record Forgotten(String ref) implements BuildHistoryEvent {}
}
