package dev.cachewarden.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.BuildEnds.Ran;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class EndedBuildsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final EndedBuilds builds = new EndedBuilds(JdbcClient.create(database.dataSource()));

    @Test
    void areThoseOfTheEnginesBuildersThatEndedSince() {
        database.clear();
        for (long builder = 1; builder <= 3; builder++) {
            BuildStoreParts.addBuilder(database, builder);
        }
        add(1, "DONE", NOON.minusSeconds(60), NOON.minusSeconds(1));
        add(1, "DONE", NOON.minusSeconds(60), NOON);
        add(2, "FAILED", NOON.plusSeconds(10), NOON.plusSeconds(70));
        add(2, "LOST", NOON.plusSeconds(10), NOON.plusSeconds(900));
        add(2, "RUNNING", NOON.plusSeconds(20), null);
        add(3, "DONE", NOON.plusSeconds(30), NOON.plusSeconds(40));

        assertThat(builds.since(NOON, Set.of(new BuilderId(1), new BuilderId(2))))
                .containsExactlyInAnyOrder(
                        new Ran(NOON.minusSeconds(60), NOON), new Ran(NOON.plusSeconds(10), NOON.plusSeconds(70)));
    }

    private static void add(long builder, String state, Instant from, @Nullable Instant until) {
        database.jdbc()
                .update(
                        "insert into build (source, builder_id, ref, project, project_known_by, state, started_at, ended_at)"
                                + " values ('HISTORY', ?, ?, 'shop/web', 'LABEL', ?, ?::timestamptz, ?::timestamptz)",
                        builder,
                        state + from + until,
                        state,
                        from.toString(),
                        until == null ? null : until.toString());
    }
}
