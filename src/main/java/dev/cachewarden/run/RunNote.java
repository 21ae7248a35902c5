package dev.cachewarden.run;

import dev.cachewarden.buildcache.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed, ended early, or waited. Cachewarden stores the code and its data, and makes the text where it shows it.
 *
 * @param data the values that the text needs, by name
 */
public record RunNote(Code code, Map<String, String> data) {

    /** The codes, as stored and as in responses. */
    public enum Code {
        NOTHING_TO_DELETE,
        CANCELED_BEFORE_START,
        CANCELED_WHILE_WAITING,
        /** The plan is older than {@code cachewarden.prune.plan-valid-for}. */
        PLAN_EXPIRED,
        HOST_REMOVED,
        HOST_DISABLED,
        HOST_UNREACHABLE,
        /** Another engine is registered for the host. */
        OTHER_ENGINE,
        /** The snapshot belongs to another builder. */
        OTHER_BUILDER,
        CAPABILITIES_UNKNOWN,
        /** The run ended before it deleted anything. */
        NOTHING_DELETED,
        /** Builds ran for longer than the run waits for them. */
        WAIT_TIMED_OUT,
        /** The engine was unreachable, or refused the deletion. */
        ENGINE_FAILED,
        TOO_MANY_FAILURES,
        SHUT_DOWN,
        /** Another replica took the run over. */
        TAKEN_OVER,
        /** The cache could not be read after the run. */
        NOT_VERIFIED
    }

    public RunNote {
        data = Map.copyOf(data);
    }

    public static RunNote of(Code code) {
        return new RunNote(code, Map.of());
    }

    public static RunNote ofHost(Code code, String host) {
        return new RunNote(code, Map.of("host", host));
    }

    public static RunNote ofProblem(Code code, String problem) {
        return new RunNote(code, Map.of("problem", problem));
    }

    public static RunNote unreachable(String host, String problem) {
        return new RunNote(Code.HOST_UNREACHABLE, Map.of("host", host, "problem", problem));
    }

    public static RunNote expired(Duration age, Duration validFor) {
        return new RunNote(Code.PLAN_EXPIRED, Map.of("age", age.toString(), "validFor", validFor.toString()));
    }

    public static RunNote waitTimedOut(Duration atMost) {
        return new RunNote(Code.WAIT_TIMED_OUT, Map.of("atMost", atMost.toString()));
    }

    public static RunNote tooManyFailures(long failures) {
        return new RunNote(Code.TOO_MANY_FAILURES, Map.of("failures", Long.toString(failures)));
    }

    /** Returns the text of several notes, or null if there are none. */
    public static @Nullable String text(Collection<RunNote> notes) {
        return notes.isEmpty() ? null : notes.stream().map(RunNote::text).collect(Collectors.joining(" "));
    }

    /** Returns the text that pages and responses show, as sentences. */
    public String text() {
        return switch (code) {
            case NOTHING_TO_DELETE -> "There was nothing to delete.";
            case CANCELED_BEFORE_START -> "Canceled before it started. Nothing was deleted.";
            case CANCELED_WHILE_WAITING -> "Canceled while waiting for builds. Nothing was deleted.";
            case PLAN_EXPIRED ->
                "The plan is " + duration("age") + " old, but plans are valid for " + duration("validFor")
                        + ". Create a new plan.";
            case HOST_REMOVED -> "The host is no longer registered.";
            case HOST_DISABLED -> "Host " + value("host") + " is disabled.";
            case HOST_UNREACHABLE -> "Host " + value("host") + " is unreachable: " + value("problem");
            case OTHER_ENGINE -> "Host " + value("host") + " now has a different engine than in the plan.";
            case OTHER_BUILDER -> "The host reported the cache of a different builder than in the plan.";
            case CAPABILITIES_UNKNOWN -> "The capabilities of the host are unknown, so nothing can be deleted there.";
            case NOTHING_DELETED -> "Nothing was deleted.";
            case WAIT_TIMED_OUT ->
                "Builds were still running after a wait of " + duration("atMost") + ". Records in use were kept.";
            case ENGINE_FAILED -> value("problem");
            case TOO_MANY_FAILURES ->
                "Stopped after " + value("failures") + (value("failures").equals("1") ? " failure." : " failures.");
            case SHUT_DOWN -> "Cachewarden shut down during the run.";
            case TAKEN_OVER -> "Cachewarden stopped during the run. The result was read from the builder afterwards.";
            case NOT_VERIFIED -> "The cache could not be read after the run: " + value("problem");
        };
    }

    private String duration(String name) {
        String value = data.get(name);
        return value == null ? "unknown" : Durations.text(Duration.parse(value));
    }

    private String value(String name) {
        return data.getOrDefault(name, "unknown");
    }
}
