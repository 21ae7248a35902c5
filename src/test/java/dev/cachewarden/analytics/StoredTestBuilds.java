package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Builds put together by hand and stored as if two builders had remembered them; each takes nine seconds. */
public final class StoredTestBuilds {

    public static final Instant NOW = Instant.parse("2026-03-10T10:00:00Z");
    public static final BuilderId ONE = new BuilderId(1);
    public static final BuilderId TWO = new BuilderId(2);

    private final TestDatabase database;
    private final StoredBuilds builds;
    private final AtomicInteger refs = new AtomicInteger();

    public StoredTestBuilds(TestDatabase database) {
        this.database = database;
        this.builds = BuildStoreParts.builds(database);
    }

    /** An empty database with two builders. */
    public void clear() {
        database.clear();
        BuildStoreParts.addBuilder(database, ONE.value());
        BuildStoreParts.addBuilder(database, TWO.value());
    }

    public static TestBuild at(int minutesAgo) {
        return TestBuild.at(NOW.minus(Duration.ofMinutes(minutesAgo)));
    }

    public BuildId add(BuilderId builder, String project, TestBuild build) {
        return add(builder, project, build, null);
    }

    public BuildId add(BuilderId builder, String project, TestBuild build, @Nullable String error) {
        String ref = "ref" + refs.incrementAndGet();
        var record = new BuildHistoryRecord(
                ref,
                Map.of("build-arg:BUILDKIT_BUILD_NAME", project),
                error,
                build.began(),
                build.began().plusSeconds(9),
                3,
                3,
                1);
        var intake = IntakeParts.of(builds, InstantSource.fixed(NOW));
        if (!intake.ended(builder, record, build::progress)) {
            throw new IllegalStateException("The build was not taken");
        }
        return all().stream()
                .filter(stored -> ref.equals(stored.ref()))
                .map(BuildView::id)
                .findFirst()
                .orElseThrow();
    }

    public void setBranch(BuildId build, String branch) {
        database.jdbc().update("update build set branch = ? where id = ?", branch, build.value());
    }

    public void setNoHost(BuildId build) {
        database.jdbc().update("update build set builder_id = null where id = ?", build.value());
    }

    public Builds builds() {
        return builds;
    }

    private List<BuildView> all() {
        return builds.list(BuildFilter.ALL, null, 1_000).items();
    }
}
