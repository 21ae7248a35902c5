package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.UsedBuilders;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.dashboard.build.AnalyticsModel.Range;
import dev.cachewarden.dashboard.build.Marks.Mark;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A search for prunes and policy versions that may have affected builds. Only those on the builders of the builds count, and only the most
 * important ones are shown.
 */
@Component
class BuildMarks {

    /** The maximum number of runs to show. More would hide the lines. */
    private static final int MOST_RUNS = 10;

    private static final int MOST_VERSIONS = 6;

    /**
     * The maximum number of versions to read, which is more than users save within three months. Older versions beyond it are neither shown
     * nor counted as left out.
     */
    private static final int VERSIONS_READ = 1_000;

    private final UsedBuilders builders;
    private final Runs runs;
    private final PolicyVersions versions;
    private final HostRegistry hosts;

    BuildMarks(UsedBuilders builders, Runs runs, PolicyVersions versions, HostRegistry hosts) {
        this.builders = builders;
        this.runs = runs;
        this.versions = versions;
        this.hosts = hosts;
    }

    Marks of(BuildFilter filter, Range range) {
        var meant = builders(filter);
        var largest = runs.largest(meant, range.from(), range.until(), MOST_RUNS);
        var saved = saved(meant, range);
        var shown = Stream.concat(
                        largest.runs().stream().map(BuildMarks::mark),
                        saved.stream().limit(MOST_VERSIONS).map(BuildMarks::mark))
                .sorted(Comparator.comparing(Mark::at))
                .toList();
        return new Marks(shown, largest.others(), Math.max(0, saved.size() - MOST_VERSIONS));
    }

    /** Returns the builders whose caches the builds of a filter used, or null for all builders. */
    private @Nullable Set<BuilderId> builders(BuildFilter filter) {
        if (!filter.builders().isEmpty()) {
            return filter.builders();
        }
        if (filter.project() == null && filter.branch() == null) {
            return null;
        }
        // A run can use any host that connects to the engine.
        var byEngine = hosts.buildersByEngine();
        var used = new HashSet<BuilderId>();
        for (var builder : builders.of(filter)) {
            used.addAll(byEngine.getOrDefault(builder, Set.of(builder)));
        }
        return used;
    }

    private static boolean isOf(WatchedHost host, Set<BuilderId> builders) {
        return host.builders().stream().anyMatch(builder -> builders.contains(builder.id()));
    }

    /** Returns the saved versions. Enabled policies in enforce mode come first, and then the others, each newest first. */
    private List<PolicyVersionView> saved(@Nullable Set<BuilderId> builders, Range range) {
        var meant = hosts.all().stream()
                .filter(host -> builders == null || isOf(host, builders))
                .toList();
        return versions.savedWithin(range.from(), range.until(), VERSIONS_READ).stream()
                .filter(version -> builders == null || meant.stream().anyMatch(version.content()::covers))
                .sorted(Comparator.comparing(BuildMarks::prunes).reversed())
                .toList();
    }

    private static boolean prunes(PolicyVersionView version) {
        return version.content().enabled() && version.content().mode() == PolicyMode.ENFORCE;
    }

    private static Mark mark(RunView run) {
        var policy = run.plan().policy();
        return new Mark(
                Objects.requireNonNull(run.course().endedAt(), "Only runs that ended are marked"),
                "Run " + run.id(),
                "/runs/" + run.id(),
                (policy == null ? "" : "of policy " + policy.name() + " v" + policy.version() + " ") + "deleted "
                        + run.result().deleted().size() + " from "
                        + run.target().hostName(),
                false);
    }

    private static Mark mark(PolicyVersionView version) {
        return new Mark(
                version.savedAt(),
                "Policy " + version.content().name() + " v" + version.version(),
                "/policies/" + version.policyId() + "/versions/" + version.version(),
                "was saved" + (version.savedBy() == null ? "" : " by " + version.savedBy()) + idle(version),
                true);
    }

    private static String idle(PolicyVersionView version) {
        if (!version.content().enabled()) {
            return ", disabled";
        }
        return prunes(version) ? "" : ", in report mode";
    }
}
