package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which builds are listed, as it stands in the address; each part that is null does not matter.
 *
 * @param q what was typed
 * @param sort the order; null for the default, may be none that exists
 * @param from first start, inclusive
 * @param until last start, exclusive
 */
record ChosenBuilds(
        @Nullable String q,
        @Nullable String sort,
        @Nullable String project,
        @Nullable Long host,
        @Nullable String branch,
        @Nullable BuildState state,
        @Nullable Scenario scenario,
        @Nullable Instant from,
        @Nullable Instant until) {

    ChosenBuilds {
        q = textOrNull(q);
        sort = textOrNull(sort);
        project = textOrNull(project);
        branch = textOrNull(branch);
    }

    private static @Nullable String textOrNull(@Nullable String given) {
        return given == null || given.isBlank() ? null : given.strip();
    }

    public boolean any() {
        return q != null || project != null || host != null || state != null || scenario != null || narrowed();
    }

    /** Whether something holds that the form has no field for. */
    public boolean narrowed() {
        return branch != null || from != null || until != null;
    }

    /** The same without what the form has no field for. */
    public ChosenBuilds widened() {
        return new ChosenBuilds(q, sort, project, host, null, state, scenario, null, null);
    }

    /** Returns the address of the same builds in an order. */
    public String sorted(BuildOrder order) {
        String by = order == BuildOrder.LATEST ? null : order.toString();
        return new ChosenBuilds(q, by, project, host, branch, state, scenario, from, until).page();
    }

    BuildFilter filter(Set<BuilderId> builders, BuildSearch search) {
        return new BuildFilter(
                project,
                builders,
                branch,
                state == null ? Set.of() : Set.of(state),
                scenario == null ? null : scenario.name(),
                search,
                from,
                until);
    }

    /** Where this list is. */
    public String page() {
        return narrow(Address.to("/builds")).with("host", host).toString();
    }

    /** Where it goes on. */
    public String page(String after) {
        return narrow(Address.to("/builds"))
                .with("host", host)
                .with("after", after)
                .toString();
    }

    /** The same list over REST, which knows builders and no hosts. */
    String csv(Set<BuilderId> builders) {
        var link = narrow(Address.to("/api/v1/builds").with("format", "csv"));
        for (var builder : builders.stream()
                .sorted(Comparator.comparingLong(BuilderId::value))
                .toList()) {
            link = link.with("builder", builder.value());
        }
        return link.toString();
    }

    private Address narrow(Address list) {
        return list.with("q", q)
                .with("sort", sort)
                .with("project", project)
                .with("branch", branch)
                .with("state", state)
                .with("scenario", scenario)
                .with("from", from)
                .with("until", until);
    }
}
