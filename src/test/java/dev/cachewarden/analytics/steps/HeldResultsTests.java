package dev.cachewarden.analytics.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.steps.HeldRecord.Ground;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldResultsTests {

    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String WORKDIR = "[app 1/3] WORKDIR /app";
    private static final String FILES = "[app 2/3] COPY . .";
    private static final String MAKE = "[app 3/3] RUN make";
    private static final String MADE = "mount / from exec /bin/sh -c make";

    private final List<CacheRecord> records = new ArrayList<>();

    /** The step begins ten seconds into the build, and takes five. Times of records are by the beginning of the build. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            as it ran                      | ran    |  12000 | -     | CREATED_BY_STEP
            committed just after its end   | ran    |  15002 | -     | CREATED_BY_STEP
            a build long after             | ran    |  99000 | -     | SAME_INSTRUCTION
            a build before                 | ran    | -50000 | 12000 | SAME_INSTRUCTION
            of no known age                | ran    |      - | -     | SAME_INSTRUCTION
            there, and used by the build   | cached | -50000 | 20500 | USED_BY_BUILD
            there, and used again later    | cached | -50000 | 90000 | EXISTED_BEFORE
            there, and never used          | cached | -50000 | -     | EXISTED_BEFORE
            made later, though used        | cached |  50000 | 50001 | SAME_INSTRUCTION
            of no known age, and used      | cached |      - | 20500 | SAME_INSTRUCTION
            """)
    void timesDetermineGround(String name, String step, @Nullable Long created, @Nullable Long used, Ground expected) {
        var build = TestBuild.at(BEGAN).ran("[internal] load build definition from Dockerfile", 10_000);
        var steps = steps(step.equals("ran") ? build.ran(MAKE, 5_000) : build.cached(MAKE));
        record("r", MADE, created, used);

        assertThat(held(steps).get(2)).isNotNull().satisfies(one -> {
            assertThat(one.record().id()).isEqualTo("r");
            assertThat(one.ground()).isEqualTo(expected);
            assertThat(one.candidates()).isEqualTo(1);
        });
    }

    @Test
    void whatALaterStepBuildsOnIsKnownByItsParents() {
        record("workdir", "[app 1/3] WORKDIR /app", -900_000L, null);
        record("workdir-2", "[app 1/3] WORKDIR /app", -700_000L, null);
        record("files", "[app 2/3] COPY . .", -800_000L, null, "workdir");
        record("files-2", "[app 2/3] COPY . .", -600_000L, null, "workdir-2");
        record("made", MADE, 4_000L, null, "files");

        var held = held(
                steps(TestBuild.at(BEGAN).cached(WORKDIR).cached(FILES, WORKDIR).ran(MAKE, 5_000, FILES)));

        assertThat(describe(held))
                .containsExactly("workdir PARENT_OF_NEXT 2", "files PARENT_OF_NEXT 2", "made CREATED_BY_STEP 1");
    }

    /** What is not sure tells nothing of others. */
    @Test
    void ofSeveralTheNewestThatWasThereIsTaken() {
        record("old", "[app 2/3] COPY . .", -900_000L, null);
        record("newest", "[app 2/3] COPY . .", -600_000L, null);
        record("later", "[app 2/3] COPY . .", 600_000L, null);
        record("made", MADE, -800_000L, null, "old");

        var held = held(steps(TestBuild.at(BEGAN).cached(FILES).ran(MAKE, 5_000, FILES)));

        assertThat(describe(held)).containsExactly("newest EXISTED_BEFORE 3", "made SAME_INSTRUCTION 1");
    }

    @Test
    void theRecordOfTheOwnStageIsTakenThoughItsNumberMoved() {
        record("own", "[app 7/9] COPY . .", -900_000L, null);
        record("other", "[test 2/3] COPY . .", -600_000L, null);

        assertThat(describe(held(steps(TestBuild.at(BEGAN).cached(FILES))))).containsExactly("own EXISTED_BEFORE 2");
    }

    /** It may be of another project; only times and parents could tell that the build used it. */
    @Test
    void theRecordOfAnotherStageAloneIsNotTaken() {
        record("other", "[test 2/3] COPY . .", -600_000L, null);
        assertThat(held(steps(TestBuild.at(BEGAN).cached(FILES)))).isEmpty();

        record("made", MADE, 4_000L, null, "other");
        assertThat(describe(held(steps(TestBuild.at(BEGAN).cached(FILES).ran(MAKE, 5_000, FILES)))))
                .containsExactly("other PARENT_OF_NEXT 1", "made CREATED_BY_STEP 1");
    }

    /** A RUN tells no stage; what it builds on does. */
    @Test
    void theSameInstructionUponSomethingElseIsAnothers() {
        record("files", "[app 2/3] COPY . .", -900_000L, null);
        record("theirs", "[app 2/3] COPY src .", -900_000L, null);
        record("their-make", MADE, -600_000L, 20_500L, "theirs");
        var steps = steps(TestBuild.at(BEGAN).cached(FILES).cached(MAKE, FILES));
        // When the build used it, it is its own whatever it stands upon.
        assertThat(describe(held(steps))).contains("their-make USED_BY_BUILD 1");

        records.removeLast();
        record("their-make", MADE, -600_000L, 90_000L, "theirs");
        assertThat(describe(held(steps))).containsExactly("files EXISTED_BEFORE 1");

        record("make", MADE, -800_000L, 90_000L, "files");
        assertThat(describe(held(steps))).containsExactly("files EXISTED_BEFORE 1", "make EXISTED_BEFORE 2");
    }

    @Test
    void soItDoesFartherDown() {
        record("workdir", WORKDIR, -900_000L, null);
        record("files", FILES, -800_000L, null, "workdir");
        record("their-workdir", "[app 1/3] WORKDIR /their", -900_000L, null);
        record("their-files", FILES, -700_000L, null, "their-workdir");
        record("their-make", MADE, -600_000L, 90_000L, "their-files");

        assertThat(describe(held(steps(TestBuild.at(BEGAN)
                        .cached(WORKDIR)
                        .cached(FILES, WORKDIR)
                        .cached(MAKE, FILES)))))
                .containsExactly("workdir EXISTED_BEFORE 1", "files EXISTED_BEFORE 2");
    }

    /** As of a result that BuildKit keeps twice: the reading has one of its ids, and what stands upon it the other. */
    @Test
    void ignoresAParentThatIsInNoSnapshot() {
        record("files", "[app 2/3] COPY . .", -900_000L, null);
        record("make", MADE, -800_000L, 90_000L, "twin-of-files");

        assertThat(describe(held(steps(TestBuild.at(BEGAN).cached(FILES).cached(MAKE, FILES)))))
                .containsExactly("files EXISTED_BEFORE 1", "make EXISTED_BEFORE 1");
    }

    @Test
    void omitsUnknownResults() {
        record("mount", "cached mount /c from exec /bin/sh -c make", 1_000L, null);
        record("context", "local source for context", 1_000L, null);
        record("base", "pulled from docker.io/library/node:24", 1_000L, null);

        assertThat(held(steps(TestBuild.at(BEGAN)
                        .ran("[app 1/3] FROM docker.io/library/node:24", 10)
                        .failed(MAKE, 5_000)
                        .ran(FILES, 10))))
                .isEmpty();
    }

    @Test
    void aStepThatFailedMadeNothing() {
        record("made", MADE, 4_000L, null);

        assertThat(held(steps(TestBuild.at(BEGAN).failed(MAKE, 5_000)))).isEmpty();
    }

    private void record(String id, String description, @Nullable Long created, @Nullable Long used, String... parents) {
        records.add(new CacheRecord(
                id,
                RecordType.REGULAR,
                List.of(parents),
                description,
                false,
                false,
                null,
                new ByteSize(7),
                created == null ? null : BEGAN.plusMillis(created),
                used == null ? null : BEGAN.plusMillis(used),
                0));
    }

    private static List<BuildStep> steps(TestBuild build) {
        return BuildSteps.of(build.progress(), StepRules.standard());
    }

    private Map<Integer, HeldRecord> held(List<BuildStep> steps) {
        return HeldResults.of(BEGAN, BEGAN.plusSeconds(20), steps, new BuilderId(1), records);
    }

    private static List<String> describe(Map<Integer, HeldRecord> held) {
        return held.values().stream()
                .map(one -> one.record().id() + " " + one.ground() + " " + one.candidates())
                .toList();
    }
}
