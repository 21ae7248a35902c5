package dev.cachewarden.engine;

/** What a builder tells of its builds. */
public sealed interface BuildHistoryEvent {

    /** It runs. */
    record Started(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /** It has ended, or something about it changed after its end. */
    record Ended(BuildHistoryRecord build) implements BuildHistoryEvent {}

    /** For now there is nothing more to tell: what is remembered was told, or is slow to come. Told once while one listens. */
    record CaughtUp() implements BuildHistoryEvent {}

    /** The builder remembers it no longer. */
    record Forgotten(String ref) implements BuildHistoryEvent {}
}
