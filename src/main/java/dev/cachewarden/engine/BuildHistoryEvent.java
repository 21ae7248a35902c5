package dev.cachewarden.engine;

/** What a builder tells of one of its builds. */
public sealed interface BuildHistoryEvent {

    /** It runs. */
    record Started(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /** It has ended, or something about it changed after its end. */
    record Ended(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /** The builder remembers it no longer. */
    record Forgotten(String ref) implements BuildHistoryEvent {}
}
