package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Links to lists of the builds that a figure is based on.
 *
 * @param from start of the time range of the figures, inclusive
 */
record BuildLinks(
        @Nullable String project,
        @Nullable Long host,
        @Nullable String branch,
        Instant from) {

    private static final String ENDED = "state:done state:failed state:canceled state:lost";
    private static final String NOT_WELL = "state:failed state:canceled";

    /** Returns the list of builds that ended, including failed ones. */
    public String ended() {
        return list(ENDED, null, null, from, null);
    }

    /** Returns the list of builds that started within a time range and ended, including failed ones. */
    public String ended(Instant since, Instant before) {
        return list(ENDED, null, null, since, before);
    }

    /** Returns the list of builds that failed or were canceled. */
    public String failed() {
        return list(NOT_WELL, null, null, from, null);
    }

    /** Returns the list of successful builds, on which all rates and durations are based. */
    public String well() {
        return list(null, BuildState.DONE, null, from, null);
    }

    /**
     * Returns the list of successful builds of one scenario.
     *
     * @param since start of the time range, or null for the start of the whole range
     * @param before end of the time range, or null for now
     */
    public String of(Scenario scenario, @Nullable Instant since, @Nullable Instant before) {
        return list(null, BuildState.DONE, scenario, since == null || since.isBefore(from) ? from : since, before);
    }

    /** Returns the list of builds of one project in any state. */
    public String anyOfProject(String one) {
        return new BuildLinks(one, host, branch, from).list(null, null, null, from, null);
    }

    String ofProject(String one) {
        return new BuildLinks(one, host, branch, from).well();
    }

    String ofBranch(String one) {
        return new BuildLinks(project, host, one, from).well();
    }

    public String ofHost(HostId one) {
        return new BuildLinks(project, one.value(), branch, from).well();
    }

    private String list(
            @Nullable String q,
            @Nullable BuildState state,
            @Nullable Scenario scenario,
            Instant since,
            @Nullable Instant before) {
        return new ChosenBuilds(q, null, project, host, branch, state, scenario, since, before).page();
    }
}
