package dev.cachewarden.dashboard;

import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.history.DeletedRecords.DeletedRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds of one project: the first, one with changed files, one that failed, and one that runs; and of another, whose Dockerfile changed, whose
 * context grew, and one of which misses for what a run deleted.
 */
final class MadeBuilds {

    private static final Map<String, String> ASKED =
            Map.of("filename", "Dockerfile", "build-arg:BUILDKIT_BUILD_NAME", "shop/web", "build-arg:VERSION", "1.2.3");

    private MadeBuilds() {}

    /** Puts them in, unless they are there. */
    static void fill(StoredBuilds builds, TestDatabase database) {
        if (!builds.projects().isEmpty()) {
            return;
        }
        // The first of the made-up fleet.
        BuildStoreParts.addBuilder(database, 10);
        var history = IntakeParts.of(builds, InstantSource.fixed(Fleets.NOW));
        var builder = new BuilderId(10);
        var first = Fleets.NOW.minus(Duration.ofHours(30));
        history.ended(
                builder,
                record("a", first, 40, null),
                () -> build(first, true, 9_000).progress());
        var second = Fleets.NOW.minus(Duration.ofHours(3));
        history.ended(
                builder,
                record("b", second, 12, null),
                () -> build(second, false, 6_000).progress());
        var third = Fleets.NOW.minus(Duration.ofHours(2));
        history.ended(
                builder,
                record(
                        "c",
                        third,
                        8,
                        "process \"/bin/sh -c npm run build\" did not complete successfully: exit code: 1"),
                () -> TestBuild.at(third)
                        .begins("docker.io/library/node:24")
                        .ran("[build 1/5] FROM docker.io/library/node:24", 5)
                        .cached("[build 2/5] WORKDIR /app", "[build 1/5] FROM docker.io/library/node:24")
                        .ran("[build 3/5] COPY . .", 40, "[build 2/5] WORKDIR /app", TestBuild.CONTEXT)
                        .failed("[build 4/5] RUN npm run build", 5_000, "[build 3/5] COPY . .")
                        .progress());
        var fourth = Fleets.NOW.minusSeconds(30);
        history.running(builder, record("d", fourth, null, null));
        history.storeProgress(
                builder,
                record("d", fourth, null, null),
                TestBuild.at(fourth)
                        .begins("docker.io/library/node:24")
                        .ran("[build 1/5] FROM docker.io/library/node:24", 5)
                        .cached("[build 2/5] WORKDIR /app", "[build 1/5] FROM docker.io/library/node:24")
                        .ran("[build 3/5] COPY . .", 40, "[build 2/5] WORKDIR /app", TestBuild.CONTEXT)
                        .running("[build 4/5] RUN npm run build", "[build 3/5] COPY . .")
                        .progress());
        for (int i = 0; i < 9; i++) {
            addApi(builds, builder, i);
        }
    }

    /** Every eight hours, the last six hours ago. */
    private static void addApi(StoredBuilds builds, BuilderId builder, int i) {
        var began = Fleets.NOW.minus(Duration.ofHours(70 - 8L * i));
        var history = IntakeParts.of(
                builds,
                (of, after, until, most) -> List.of(new DeletedRecord(
                        "r",
                        "mount / from exec /bin/sh -c go mod download -x",
                        began.minus(Duration.ofHours(12)),
                        FakeRuns.id(RunState.DONE))),
                InstantSource.fixed(Fleets.NOW));
        var asked = Map.of("filename", "Dockerfile", "build-arg:BUILDKIT_BUILD_NAME", "shop/api");
        history.ended(
                builder,
                new BuildHistoryRecord("api" + i, asked, null, began, began.plusSeconds(20 + i), 8, 8, 3),
                () -> api(began, i).progress());
    }

    private static TestBuild api(Instant began, int i) {
        String workdir = "[2/5] WORKDIR /src";
        String modules = "[3/5] RUN go mod download -x";
        String files = "[4/5] COPY . .";
        var build = TestBuild.at(began).ran("[internal] load build definition from Dockerfile", 20);
        if (i % 3 == 0) {
            build.failed("importing cache manifest from registry.example/shop/api:cache", 200);
        } else {
            build.ran("importing cache manifest from registry.example/shop/api:cache", 400);
        }
        build.sent(TestBuild.CONTEXT, 50, (i < 6 ? 12L : 340L) << 20)
                .ran("[1/5] FROM docker.io/library/golang:1.26@sha256:" + "0123456789abcdef".repeat(4), 5);
        if (i == 0) {
            build.ran(workdir, 20).ran(modules, 14_000, workdir);
        } else if (i == 7) {
            build.cached(workdir).ran(modules, 13_000, workdir);
        } else {
            build.cached(workdir).cached(modules, workdir);
        }
        String make = "[5/5] RUN go build " + (i < 5 ? "./..." : "-trimpath ./...");
        if (i == 5) {
            build.cached(files, modules, TestBuild.CONTEXT);
        } else {
            build.ran(files, 40, modules, TestBuild.CONTEXT);
        }
        return build.ran(make, 5_000 + 200L * i, files)
                .ran("exporting to image", 800, make)
                .ran("exporting cache to registry", 2_000);
    }

    private static TestBuild build(Instant began, boolean first, long millis) {
        var build = TestBuild.at(began)
                .begins("docker.io/library/node:24")
                .ran("[build 1/5] FROM docker.io/library/node:24", 5);
        String workdir = "[build 2/5] WORKDIR /app";
        String manifest = "[build 3/5] COPY package.json package-lock.json ./";
        String install = "[build 4/5] RUN --mount=type=cache,target=/root/.npm npm ci";
        if (first) {
            build.ran(workdir, 20, "[build 1/5] FROM docker.io/library/node:24")
                    .ran(manifest, 30, workdir, TestBuild.CONTEXT)
                    .ran(install, 21_000, manifest);
        } else {
            build.cached(workdir, "[build 1/5] FROM docker.io/library/node:24")
                    .cached(manifest, workdir, TestBuild.CONTEXT)
                    .cached(install, manifest);
        }
        return build.ran("[build 5/5] COPY . .", 40, install, TestBuild.CONTEXT)
                .ran("[build 6/6] RUN npm run build", millis, "[build 5/5] COPY . .")
                .ran("exporting to image", 800, "[build 6/6] RUN npm run build");
    }

    private static BuildHistoryRecord record(
            String ref, Instant began, @Nullable Integer seconds, @Nullable String error) {
        return new BuildHistoryRecord(
                ref, ASKED, error, began, seconds == null ? null : began.plusSeconds(seconds), 11, 11, 3);
    }
}
