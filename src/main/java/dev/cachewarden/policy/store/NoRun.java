package dev.cachewarden.policy.store;

import java.util.Map;

/**
 * Why no run was created for a host. Cachewarden stores the code and its data, and makes the text where it shows it.
 *
 * @param data the values that the text needs, by name
 */
public record NoRun(Code code, Map<String, String> data) {

    public static final NoRun NOTHING_TO_DELETE = new NoRun(Code.NOTHING_TO_DELETE, Map.of());
    public static final NoRun STARTED_BY_REPLICA = new NoRun(Code.STARTED_BY_REPLICA, Map.of());

    /** The codes, as stored and as in responses. */
    public enum Code {
        NOTHING_TO_DELETE,
        /** Another run on the engine waits for approval. */
        APPROVAL_PENDING,
        /** Another run on the engine has not ended. */
        RUN_ACTIVE,
        /** Another replica created the run for this start of the policy. */
        STARTED_BY_REPLICA,
        /** The host could not be planned, or the plan could not be run. */
        REFUSED
    }

    public NoRun {
        data = Map.copyOf(data);
    }

    /** Returns the reason that another run on the same engine has not ended. */
    public static NoRun becauseOf(long run, boolean awaitsApproval) {
        return new NoRun(awaitsApproval ? Code.APPROVAL_PENDING : Code.RUN_ACTIVE, Map.of("run", Long.toString(run)));
    }

    /** Returns a refusal with its cause and the next step, as sentences. */
    public static NoRun refused(String problem) {
        return new NoRun(Code.REFUSED, Map.of("problem", problem));
    }

    /** Returns the text that pages and responses show, as sentences. */
    public String text() {
        return switch (code) {
            case NOTHING_TO_DELETE -> "There is nothing to delete.";
            case APPROVAL_PENDING -> "Run " + value("run") + " waits for approval. Approve or cancel it.";
            case RUN_ACTIVE ->
                "Run " + value("run") + " on the same engine has not ended. Wait until it ends, or cancel it.";
            case STARTED_BY_REPLICA -> "Another replica already started this run.";
            case REFUSED -> value("problem");
        };
    }

    private String value(String name) {
        return data.getOrDefault(name, "unknown");
    }
}
