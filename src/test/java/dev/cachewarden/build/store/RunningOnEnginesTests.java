package dev.cachewarden.build.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.RunningBuilds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.testing.TestDatabase;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RunningOnEnginesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final FakeFleet fleet = new FakeFleet(InstantSource.system());
    private final RunningBuilds running = BuildStoreParts.running(database, fleet);

    @BeforeEach
    void threeHostsOfTwoEngines() {
        database.clear();
        fleet.addStored(database, 1, "engine");
        fleet.addStored(database, 2, "engine");
        fleet.addStored(database, 3, "another");
    }

    @Test
    void buildRunsOnAllHostsOfItsEngine() {
        database.jdbc().update("""
                insert into build (source, builder_id, ref, project, project_known_by, state, started_at)
                values ('HISTORY', 1, 'a', 'p', 'GIVEN', 'RUNNING', now()), ('HISTORY', 3, 'b', 'p', 'GIVEN', 'DONE', now())""");

        assertThat(running.any(new BuilderId(1))).isTrue();
        assertThat(running.any(new BuilderId(2))).isTrue();
        assertThat(running.any(new BuilderId(3))).isFalse();
    }

    /** Whoever may send logs is not to hold up prunes. */
    @Test
    void aLogThatComesInIsNoBuildOfTheEngines() {
        database.jdbc().update("""
                insert into build (source, builder_id, project, project_known_by, state, started_at, last_data_at)
                values ('UPLOAD', 1, 'p', 'GIVEN', 'RUNNING', now(), now())""");

        assertThat(running.any(new BuilderId(1))).isFalse();
    }
}
