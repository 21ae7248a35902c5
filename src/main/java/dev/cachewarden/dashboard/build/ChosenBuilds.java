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
 * The query parameters of the list of builds. Each one can be null to select all builds.
 *
 * @param q search text
 * @param sort order, or null for the default; can be an unknown one
 * @param from start of the time range of build starts, inclusive
 * @param until end of this time range, exclusive
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

    /** Returns whether a filter is active that has no field in the form. */
    public boolean narrowed() {
        return branch != null || from != null || until != null;
    }

    /** Returns the same parameters without the filters that have no field in the form. */
    public ChosenBuilds widened() {
        return new ChosenBuilds(q, sort, project, host, null, state, scenario, null, null);
    }

    /** Returns the URL of the same builds in an order. */
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

    /** Returns the URL of this list. */
    public String page() {
        return narrow(Address.to("/builds")).with("host", host).toString();
    }

    /** Returns the URL of the next page of this list. */
    public String page(String after) {
        return narrow(Address.to("/builds"))
                .with("host", host)
                .with("after", after)
                .toString();
    }

    /** Returns the REST URL of the same list as CSV. REST filters by builders, not by hosts. */
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
