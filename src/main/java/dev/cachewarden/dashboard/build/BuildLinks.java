package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.HostId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the builds are listed that a figure is made of.
 *
 * @param from first start of those that the figures are of, inclusive
 */
record BuildLinks(
        @Nullable String project,
        @Nullable Long host,
        @Nullable String branch,
        Instant from) {

    private static final String ENDED = "state:done state:failed state:canceled state:lost";
    private static final String NOT_WELL = "state:failed state:canceled";

    /** Those that ended, well or not. */
    public String ended() {
        return list(ENDED, null, null, from, null);
    }

    /** The same, of those that started within a time. */
    public String ended(Instant since, Instant before) {
        return list(ENDED, null, null, since, before);
    }

    /** Those that failed or were cancelled. */
    public String failed() {
        return list(NOT_WELL, null, null, from, null);
    }

    /** Those that ended well, of which all rates and times are. */
    public String well() {
        return list(null, BuildState.DONE, null, from, null);
    }

    /**
     * Those of one scenario that ended well.
     *
     * @param since null: from the beginning
     * @param before null: until now
     */
    public String of(Scenario scenario, @Nullable Instant since, @Nullable Instant before) {
        return list(null, BuildState.DONE, scenario, since == null || since.isBefore(from) ? from : since, before);
    }

    /** Those of one project, in whatever state. */
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
