package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.dashboard.TypeShare;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.RuleWords;
import java.util.Comparator;
import java.util.List;

/** A plan as its page shows it. */
public record PlanPage(PlanView plan) {

    /**
     * The divisor for the share of the prunable cache. If the plan deletes more than this share, the user must type the name of the host.
     */
    private static final int HALF = 2;

    /**
     * The records of one type that the plan deletes.
     *
     * @param series number of the color
     */
    record Share(RecordType type, int series, Amount amount) {}

    /** The records that are kept for one reason. */
    record Kept(String reason, Amount amount) {}

    public List<String> rules() {
        return plan.terms().rules().stream().map(RuleWords::of).toList();
    }

    public String guards() {
        return GuardWords.of(plan.terms().guards());
    }

    public List<Share> types() {
        return plan.effect().byType().entrySet().stream()
                .map(entry -> new Share(entry.getKey(), TypeShare.series(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((Share share) -> share.amount().size())
                        .reversed())
                .toList();
    }

    public List<Kept> kept() {
        return plan.effect().keptByReason().entrySet().stream()
                .map(entry -> new Kept(KeptReasonText.of(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((Kept kept) -> kept.amount().size())
                        .reversed())
                .toList();
    }

    public boolean empty() {
        return plan.effect().planned().records() == 0;
    }

    /**
     * Returns the label of the button. It requests approval if the plan exceeds the threshold of its policy, otherwise it deletes the
     * records.
     */
    public String action() {
        return (plan.needsApproval() ? "Request approval for " : "Delete ")
                + plan.effect().planned().size();
    }

    public boolean reportsOnly() {
        return plan.mode() == PolicyMode.REPORT;
    }

    public boolean runnable() {
        return plan.runId() == null && !reportsOnly() && !empty();
    }

    /** Returns whether the plan deletes cache mounts, which are the most expensive to fill again. */
    public boolean deletesMounts() {
        return plan.effect()
                        .byType()
                        .getOrDefault(RecordType.EXEC_CACHEMOUNT, Amount.NONE)
                        .records()
                > 0;
    }

    /**
     * Returns whether the plan deletes more than half of the records that are not shared with images. Shared records could not be deleted
     * anyway.
     */
    public boolean deletesMostOfCache() {
        var shared =
                plan.effect().keptByReason().getOrDefault("SHARED", Amount.NONE).size();
        var others = plan.effect()
                .kept()
                .size()
                .minusOrZero(shared)
                .plus(plan.effect().planned().size());
        return plan.effect().planned().size().compareTo(new ByteSize(others.bytes() / HALF)) > 0;
    }

    /** Returns whether the user must type the name of the host to run the plan. */
    public boolean askForName() {
        return deletesMounts() || deletesMostOfCache();
    }

    /** Returns whether the entered text confirms the plan. */
    boolean confirmedBy(String typed) {
        return !askForName() || typed.strip().equals(plan.target().hostName());
    }
}
