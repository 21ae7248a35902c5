package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.dashboard.fleet.TypeShare;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.version.RuleWords;
import java.util.Comparator;
import java.util.List;

/** A plan as its page shows it. */
public record PlanPage(PlanView plan) {

    /** Above this part of what could be pruned the name of the host has to be typed. */
    private static final int HALF = 2;

    /** What would go of one type; {@code series} is the number of its colour. */
    record Share(RecordType type, int series, Amount amount) {}

    /** What stays for one reason. */
    record Kept(String reason, Amount amount) {}

    public List<String> rules() {
        return plan.rules().stream().map(RuleWords::of).toList();
    }

    public String guards() {
        return GuardWords.of(plan.guards());
    }

    public List<Share> types() {
        return plan.byType().entrySet().stream()
                .map(entry -> new Share(entry.getKey(), TypeShare.series(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((Share share) -> share.amount().size())
                        .reversed())
                .toList();
    }

    public List<Kept> kept() {
        return plan.keptByReason().entrySet().stream()
                .map(entry -> new Kept(KeptWords.of(entry.getKey()), entry.getValue()))
                .sorted(Comparator.comparing((Kept kept) -> kept.amount().size())
                        .reversed())
                .toList();
    }

    public boolean empty() {
        return plan.planned().records() == 0;
    }

    /** What the button does: a plan above the threshold of its policy is not deleted by it, but waits for approval. */
    public String action() {
        return (plan.needsApproval() ? "Request approval for " : "Delete ")
                + plan.planned().size();
    }

    public boolean reportsOnly() {
        return plan.mode() == PolicyMode.REPORT;
    }

    public boolean runnable() {
        return plan.runId() == null && !reportsOnly() && !empty();
    }

    /** Whether it takes cache mounts, which cost the most to fill again. */
    public boolean takesMounts() {
        return plan.byType()
                        .getOrDefault(RecordType.EXEC_CACHEMOUNT, Amount.NONE)
                        .records()
                > 0;
    }

    /** Whether it takes more than half of what is not shared with images, which could not go anyway. */
    public boolean takesMostOfIt() {
        var shared = plan.keptByReason().getOrDefault("SHARED", Amount.NONE).size();
        var others = plan.kept().size().minusOrZero(shared).plus(plan.planned().size());
        return plan.planned().size().compareTo(new ByteSize(others.bytes() / HALF)) > 0;
    }

    /** Whether a person has to type the name of the host before it is run. */
    public boolean askForName() {
        return takesMounts() || takesMostOfIt();
    }

    /** Whether what was typed is enough. */
    boolean confirmedBy(String typed) {
        return !askForName() || typed.strip().equals(plan.hostName());
    }
}
