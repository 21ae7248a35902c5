package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.dashboard.TypeShare;
import dev.cachewarden.plan.preview.PolicyPreview;
import dev.cachewarden.plan.preview.PolicyPreview.OfHost;
import dev.cachewarden.policy.RuleWords;
import java.util.Comparator;
import java.util.List;

/** A policy preview as the form shows it. */
record LivePreview(PolicyPreview preview) {

    private static final int HOSTS = 10;
    private static final int SAMPLES = 8;

    /**
     * A row of a small table.
     *
     * @param series number of the color
     */
    record Line(String name, int series, Amount amount) {}

    public List<Line> rules() {
        return preview.effect().byRule().entrySet().stream()
                .map(entry -> new Line(rule(entry.getKey()), (entry.getKey() - 1) % 6 + 1, entry.getValue()))
                .toList();
    }

    private String rule(int number) {
        return "Rule " + number + ": " + RuleWords.of(preview.rules().get(number - 1));
    }

    public List<Line> types() {
        return preview.effect().byType().entrySet().stream()
                .map(entry -> new Line(entry.getKey().name(), TypeShare.series(entry.getKey()), entry.getValue()))
                .sorted(largestFirst())
                .toList();
    }

    public List<Line> kept() {
        return preview.effect().keptByReason().entrySet().stream()
                .map(entry -> new Line(KeptReasonText.of(entry.getKey()), 1, entry.getValue()))
                .sorted(largestFirst())
                .toList();
    }

    private static Comparator<Line> largestFirst() {
        return Comparator.comparing((Line line) -> line.amount().size()).reversed();
    }

    public List<OfHost> hosts() {
        return preview.hosts().stream().limit(HOSTS).toList();
    }

    public int moreHosts() {
        return Math.max(0, preview.hosts().size() - HOSTS);
    }

    public List<PolicyPreview.Sample> deleted() {
        return preview.deleted().stream().limit(SAMPLES).toList();
    }

    public List<PolicyPreview.Sample> keptSamples() {
        return preview.kept().stream().limit(SAMPLES).toList();
    }

    /** Returns the change compared with the active version, in words, or an empty string if there is no active version. */
    public String change() {
        var active = preview.active();
        if (active == null) {
            return "";
        }
        long bytes = preview.change();
        String than = " than version " + active.version();
        return bytes == 0
                ? "as much as version " + active.version()
                : new ByteSize(Math.abs(bytes)) + (bytes > 0 ? " more" : " less") + than;
    }

    public String changeOf(OfHost host) {
        var active = host.active();
        if (active == null) {
            return "";
        }
        long bytes = host.deleted().size().bytes() - active.size().bytes();
        return bytes == 0 ? "No change" : (bytes > 0 ? "+" : "−") + new ByteSize(Math.abs(bytes));
    }
}
