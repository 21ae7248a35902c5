package dev.cachewarden.dashboard.run;

/** Short texts for tables that explain why records are kept. */
public final class KeptWords {

    private KeptWords() {}

    /**
     * Returns the text for a reason.
     *
     * @param code code of a {@link dev.cachewarden.planner.Reason}; an unknown code is returned unchanged
     */
    public static String of(String code) {
        return switch (code) {
            case "IN_USE" -> "In use by a running build";
            case "SHARED" -> "Shared with an image";
            case "UNUSABLE_ID" -> "Cannot be named safely";
            case "SPARED_TYPE" -> "Of a type that no rule names";
            case "NOT_SELECTED" -> "No rule selects it";
            case "USED_WITHIN" -> "Used too recently";
            case "AGE_UNKNOWN" -> "Age not told by the builder";
            case "UNDER_MAX_USED_SPACE" -> "Within maxUsedSpace";
            case "ENOUGH_FREE_SPACE" -> "Enough of the disk is free";
            case "LESS_THAN_LIMIT" -> "Less than BuildKit's limit is used";
            case "NOT_EVALUATED" -> "The rule needs a disk that is not known";
            case "PINNED" -> "Pinned";
            case "RESERVED_FLOOR" -> "Needed for reservedSpace";
            case "HELD_BY_CHILD" -> "Held by a child that stays";
            case "FREED_TOO_LATE" -> "Can go in the next run";
            case "CEILING_REACHED" -> "Ceiling reached";
            default -> code;
        };
    }
}
