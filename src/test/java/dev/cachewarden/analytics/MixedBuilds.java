package dev.cachewarden.analytics;

import static dev.cachewarden.analytics.StoredTestBuilds.NOW;
import static dev.cachewarden.analytics.StoredTestBuilds.ONE;
import static dev.cachewarden.analytics.StoredTestBuilds.TWO;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.steps.RulesParts;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Builds of three projects on two builders and on none, over thirty days, with whatever becomes of stored builds. */
public final class MixedBuilds {

    private static final List<String> PROJECTS = List.of("shop", "api", "docs");
    private static final List<String> STEPS = List.of(
            "FROM docker.io/library/node:24",
            "RUN apt-get install -y git",
            "RUN npm ci",
            "RUN make all",
            "COPY . .",
            "ADD file.tar /",
            "WORKDIR /app");

    private final TestDatabase database;
    private final StoredTestBuilds builds;
    private final Random random = new Random(7);

    public MixedBuilds(TestDatabase database) {
        this.database = database;
        this.builds = new StoredTestBuilds(database);
    }

    /** Which builds figures are asked of. */
    public static List<BuildFilter> filters() {
        return List.of(
                BuildFilter.ALL,
                BuildFilter.ofProject("shop"),
                BuildFilter.ofBuilders(List.of(ONE)),
                BuildFilter.ALL.ofBranch("main"),
                BuildFilter.ALL.within(NOW.minus(Duration.ofDays(9)), NOW.minus(Duration.ofDays(2))));
    }

    /** Stores them. */
    public void add() {
        builds.clear();
        for (int i = 0; i < 60; i++) {
            boolean failed = i % 7 == 0;
            var id = builds.add(
                    i % 2 == 0 ? ONE : TWO, PROJECTS.get(i % 3), build(i, failed), failed ? "exit code: 1" : null);
            disguise(i, id);
        }
    }

    private void disguise(int i, BuildId id) {
        if (i % 4 == 0) {
            builds.setBranch(id, i % 8 == 0 ? "main" : "fix");
        }
        if (i % 11 == 0) {
            builds.setNoHost(id);
        }
    }

    private TestBuild build(int i, boolean failed) {
        var build = at(i).ranAt(TestBuild.CONTEXT, 0, 900).ran("importing cache manifest from registry/app:cache", 400);
        int time = 1_000;
        for (int k = 0; k < STEPS.size(); k++) {
            // Not all builds have all steps, nor the same text of the last.
            String name = "[app " + (k + 1) + "/7] " + STEPS.get(k) + (k == 6 ? "-" + i % 5 : "");
            switch (random.nextInt(6)) {
                case 0 -> {}
                case 1, 2, 3 -> build.cached(name);
                default -> build.ranAt(name, time, time += 1 + random.nextInt(3_000));
            }
        }
        if (failed) {
            return build.failed("[app 8/8] RUN false", 70).waiting("exporting to image");
        }
        return build.cancelled("[other 1/1] RUN too late", 60).ran("exporting to image", 100 + i);
    }

    private static TestBuild at(int i) {
        return TestBuild.at(NOW.minus(Duration.ofHours(12L * i)));
    }

    /** Has the steps of one project be classed anew. */
    public void reclassify() {
        RulesParts.in(database, InstantSource.fixed(NOW)).save("shop", """
                rules:
                  - class: MODELS_AND_DATA
                    reason: is ours
                    run: ['make']
                """, "ann");
    }

    /** Stores a build as it begins, as it goes on, and otherwise as it ended; and one that is heard of no more. */
    public void follow() {
        var intake = IntakeParts.of(BuildStoreParts.builds(database), InstantSource.fixed(NOW));
        var ended = record("followed");
        intake.running(ONE, ended);
        intake.storeProgress(
                ONE,
                ended,
                at(1).ran("[app 1/3] RUN npm ci", 4_000)
                        .running("[app 2/3] RUN make all")
                        .progress());
        intake.ended(
                ONE,
                ended,
                () -> at(1).ran("[app 1/3] RUN npm ci", 4_000)
                        .ran("[app 2/3] RUN make all", 9_000)
                        .ran("[app 3/3] COPY . .", 20)
                        .progress());
        runOn(intake);
    }

    private static void runOn(IntakeParts intake) {
        var runs = record("runs");
        intake.running(TWO, runs);
        intake.storeProgress(
                TWO,
                runs,
                at(0).ran("[app 1/3] RUN npm ci", 5_000)
                        .running("[app 2/3] RUN make all")
                        .progress());
    }

    private static BuildHistoryRecord record(String ref) {
        Instant began = at(1).began();
        return new BuildHistoryRecord(
                ref, Map.of("build-arg:BUILDKIT_BUILD_NAME", "shop"), null, began, began.plusSeconds(20), 3, 3, 0);
    }

    /** Deletes the older half. */
    public void deleteOld() {
        BuildStoreParts.builds(database).deleteOlderThan(NOW.minus(Duration.ofDays(15)));
    }
}
