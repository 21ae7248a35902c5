package dev.cachewarden.dashboard.prune;

/** Short texts for tables that explain why records are kept. */
public final class KeptReasonText {

    private KeptReasonText() {}

    /**
     * Returns the text for a reason.
     *
     * @param code code of a {@link dev.cachewarden.planner.Reason}; an unknown code is returned unchanged
     */
    public static String of(String code) {
        return switch (code) {
            case "IN_USE" -> "In use by a running build";
            case "SHARED" -> "Shared with an image";
            case "UNUSABLE_ID" -> "Unsafe ID";
            case "SPARED_TYPE" -> "Type not named by a rule";
            case "NOT_SELECTED" -> "Not selected by a rule";
            case "USED_WITHIN" -> "Used recently";
            case "AGE_UNKNOWN" -> "Age unknown";
            case "UNDER_MAX_USED_SPACE" -> "Within the size limit";
            case "ENOUGH_FREE_SPACE" -> "Enough free space";
            case "LESS_THAN_LIMIT" -> "Below BuildKit's limit";
            case "NOT_EVALUATED" -> "Disk space unknown";
            case "PINNED" -> "Pinned";
            case "RESERVED_FLOOR" -> "Needed for reservedSpace";
            case "HELD_BY_CHILD" -> "Child record is kept";
            case "FREED_TOO_LATE" -> "Deletable in the next run";
            case "LIMIT_PER_RUN_REACHED" -> "Limit per run reached";
            default -> code;
        };
    }
}
