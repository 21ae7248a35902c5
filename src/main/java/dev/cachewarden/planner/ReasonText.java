package dev.cachewarden.planner;

import dev.cachewarden.buildcache.Durations;

/** The texts of reasons for users. */
final class ReasonText {

    private ReasonText() {}

    static String of(Reason reason) {
        return switch (reason) {
            case Reason.Taken taken -> rule(taken.rule()) + taken(taken);
            case Reason.Kept kept -> kept(kept);
        };
    }

    private static String rule(int number) {
        return "Rule " + number + ": ";
    }

    private static String taken(Reason.Taken taken) {
        return switch (taken) {
            case Reason.Unused it ->
                it.unusedFor().isZero() || it.unused() == null
                        ? "deletes everything"
                        : "unused for " + Durations.rounded(it.unused()) + " (the rule requires "
                                + Durations.text(it.unusedFor()) + ")";
            case Reason.BelowMinFreeSpace it -> "least recently used of " + it.used() + " while " + lack(it);
            case Reason.NoRoom it -> "least recently used while " + lack(it);
            case Reason.LowestRank it ->
                "lowest in BuildKit's order while " + it.used() + " reaches the limit of " + it.limit();
            case Reason.CheapestToRebuild it ->
                "cheapest to rebuild for its size and use ("
                        + (it.rebuild() == null ? "time unknown" : Durations.rounded(it.rebuild()))
                        + ") while " + lack(it.lack());
        };
    }

    /** Returns the amount used, and the limit that it exceeds. */
    private static String lack(Reason.NoRoom lack) {
        return switch (lack) {
            case Reason.AboveMaxUsedSpace it -> it.selected() + " exceeds the limit of " + it.limit();
            case Reason.AboveReservedSpace it -> it.selected() + " exceeds the reserved " + it.reserved();
            case Reason.BelowMinFreeSpace it -> "less than " + it.wanted() + " of the disk is free";
        };
    }

    private static String kept(Reason.Kept kept) {
        return switch (kept) {
            case Reason.InUse it -> "In use by a running build";
            case Reason.Shared it -> "Shared with an image, so deleting it would free no space";
            case Reason.UnusableId it -> "Its ID does not have the format of BuildKit, so it cannot be deleted safely";
            case Reason.SparedType it ->
                "Records of type " + it.type()
                        + " are deleted only if a rule names the type or includes internal records";
            case Reason.NotSelected it -> "No rule selects it";
            case Reason.Pinned it -> "Pinned: " + it.pin();
            case Reason.UsedWithin it -> rule(it.rule()) + "used within " + Durations.text(it.unusedFor());
            case Reason.AgeUnknown it ->
                rule(it.rule()) + "the builder does not report when it was last used or created";
            case Reason.UnderMaxUsedSpace it -> rule(it.rule()) + "within maxUsedSpace " + it.limit();
            case Reason.EnoughFreeSpace it -> rule(it.rule()) + it.wanted() + " of the disk is free without it";
            case Reason.LessThanLimit it -> rule(it.rule()) + "less than the limit of " + it.limit() + " is used";
            case Reason.NotEvaluated it ->
                rule(it.rule()) + "cannot be evaluated, because the disk size of the host is unknown";
            case Reason.ReservedFloor it -> rule(it.rule()) + "needed for the reserved space of " + it.reserved();
            case Reason.HeldByChild it -> rule(it.rule()) + "its child " + it.childId() + " stays";
            case Reason.FreedTooLate it ->
                rule(it.rule()) + "a later rule deletes its child " + it.childId() + ", so the next run can delete it";
            case Reason.LimitPerRunReached it ->
                rule(it.rule()) + "the limit per run of " + it.limitPerRun() + " is reached";
        };
    }
}
