package dev.cachewarden.dashboard;

import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.run.RunState;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Pages of pruning with builds, runs, and drafts in a browser. */
abstract class PrunePagesStage extends BrowserStage {

    @Autowired
    FakeDrafts drafts;

    @Autowired
    StoredBuilds builds;

    @BeforeEach
    void makeBuilds() {
        runs.endedAgo(RunState.DONE, Duration.ofHours(26));
        MadeBuilds.fill(builds, database);
    }

    static String name(String path) {
        return "prune-" + path.substring(1).replaceAll("[^a-zA-Z0-9]+", "-");
    }
}
