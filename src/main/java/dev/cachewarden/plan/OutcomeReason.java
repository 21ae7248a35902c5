package dev.cachewarden.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.planner.Drift;
import java.util.List;
import java.util.Map;

/**
 * The reason for the outcome of a planned record. Cachewarden stores the code and its data, and makes the text where it shows it.
 *
 * @param data the values that the text needs, by name
 */
public record OutcomeReason(Code code, Map<String, String> data) {

    /** The codes, as stored and as in responses. */
    public enum Code {
        /** The record was missing before the run passed it to the builder. */
        MISSING,
        IN_USE,
        SHARED,
        USED,
        SIZE_CHANGED,
        TYPE_CHANGED,
        PINNED,
        HELD_BY_CHILD,
        /** The builder did not report the record, but it was missing afterwards. */
        UNREPORTED,
        /** The builder kept the record, because a build used it. */
        KEPT_IN_USE,
        /** The builder kept the record, because an image shared it. */
        KEPT_SHARED,
        /** The builder kept the record, because it had a child. */
        KEPT_FOR_CHILD,
        /** The builder kept the record for an unknown reason. */
        KEPT,
        /** The builder reported the record as deleted, but it still exists. */
        STILL_PRESENT,
        /** The cache could not be read after the record had been passed to the builder. */
        UNKNOWN,
        /** A user stopped the run before the record was passed to the builder. */
        STOPPED,
        /** The run ended early, before the record was passed to the builder. */
        BROKE_OFF
    }

    /** The codes of records that were not sent because the run ended before them. */
    public static final List<Code> NOT_REACHED = List.of(Code.STOPPED, Code.BROKE_OFF);

    public OutcomeReason {
        data = Map.copyOf(data);
    }

    public static OutcomeReason of(Code code) {
        return new OutcomeReason(code, Map.of());
    }

    /** Returns the reason to skip a record that changed since the plan. */
    public static OutcomeReason of(Drift drift) {
        return switch (drift) {
            case Drift.Gone gone -> of(Code.MISSING);
            case Drift.InUseNow inUse -> of(Code.IN_USE);
            case Drift.SharedNow shared -> of(Code.SHARED);
            case Drift.UsedSince used -> of(Code.USED);
            case Drift.SizeChanged size ->
                changed(
                        Code.SIZE_CHANGED,
                        Long.toString(size.planned().bytes()),
                        Long.toString(size.now().bytes()));
            case Drift.TypeChanged type ->
                changed(Code.TYPE_CHANGED, type.planned().name(), type.now().name());
            case Drift.PinnedNow pinned ->
                new OutcomeReason(Code.PINNED, Map.of("pin", pinned.pin().toString()));
            case Drift.HeldByChild held -> new OutcomeReason(Code.HELD_BY_CHILD, Map.of("child", held.childId()));
        };
    }

    private static OutcomeReason changed(Code code, String planned, String now) {
        return new OutcomeReason(code, Map.of("planned", planned, "now", now));
    }

    /** Returns the text that pages and responses show. */
    public String text() {
        return switch (code) {
            case MISSING -> "No longer in the cache; not deleted by this run";
            case IN_USE -> "In use by a running build";
            case SHARED -> "Shared with an image since the plan";
            case USED -> "Used since the plan";
            case SIZE_CHANGED -> "Its size changed since the plan, from " + exact("planned") + " to " + exact("now");
            case TYPE_CHANGED -> "Its type changed since the plan, from " + value("planned") + " to " + value("now");
            case PINNED -> "Pinned since the plan: " + value("pin");
            case HELD_BY_CHILD -> "Its child " + value("child") + " stays";
            case UNREPORTED -> "No longer in the cache, although the builder did not report its deletion";
            case KEPT_IN_USE -> "Skipped by the builder: in use by a running build";
            case KEPT_SHARED -> "Skipped by the builder: now shared with an image";
            case KEPT_FOR_CHILD -> "Skipped by the builder: one of its children still exists";
            case KEPT -> "Still in the cache; the builder did not report its deletion";
            case STILL_PRESENT -> "Still in the cache, although the builder reported its deletion";
            case UNKNOWN -> "Unknown: the builder did not report its deletion, and its cache could not be read since";
            case STOPPED -> "Not reached: the run was canceled";
            case BROKE_OFF -> "Not reached: the run ended early";
        };
    }

    private String exact(String name) {
        return new ByteSize(Long.parseLong(value(name))).exact();
    }

    private String value(String name) {
        return data.getOrDefault(name, "unknown");
    }
}
