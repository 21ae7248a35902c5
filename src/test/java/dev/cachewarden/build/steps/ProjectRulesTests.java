package dev.cachewarden.build.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.intake.IntakeParts;
import dev.cachewarden.build.store.BuildStoreParts;
import dev.cachewarden.build.store.StoredBuilds;
import dev.cachewarden.engine.BuildHistoryRecord;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.TestDatabase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectRulesTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String STEP = "[1/1] RUN ./assets.sh pack";
    private static final String OWN = """
            rules:
              - class: MODELS_AND_DATA
                reason: packs our textures
                run: ['assets\\.sh pack']
            """;

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final StoredBuilds builds = BuildStoreParts.builds(database);
    private final ProjectRules rules = RulesParts.in(database, clock);

    @BeforeEach
    void aBuilder() {
        database.clear();
        BuildStoreParts.addBuilder(database, 1);
    }

    @Test
    void classTheStepsOfBuildsThatComeAndOfThoseThatWereThere() {
        build("before", "game");
        build("other", "website");
        var usual = step("before");

        var changed = rules.save("game", OWN, "ann");
        build("after", "game");

        assertThat(changed).isEqualTo(new ProjectRules.Reclassed(1, 1));
        assertThat(usual.stepClass()).isNotEqualTo(StepClass.MODELS_AND_DATA);
        for (String ref : new String[] {"before", "after"}) {
            assertThat(step(ref).stepClass()).as(ref).isEqualTo(StepClass.MODELS_AND_DATA);
            assertThat(step(ref).classReason()).as(ref).isEqualTo("assets.sh pack packs our textures");
        }
        assertThat(step("other").stepClass()).isEqualTo(usual.stepClass());
        assertThat(rules.find("game")).contains(new ProjectRules.Saved(OWN, NOW, "ann"));
    }

    @Test
    void goBackToTheUsualOnesWhenTheyAreTakenAway() {
        build("before", "game");
        var usual = step("before");
        rules.save("game", OWN, "ann");

        assertThat(rules.remove("game").steps()).isEqualTo(1);
        assertThat(step("before")).isEqualTo(usual);
        assertThat(rules.find("game")).isEmpty();
        assertThat(rules.remove("game")).isEqualTo(new ProjectRules.Reclassed(0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rules: 3",
                "rules: [{class: NONE, reason: x, run: [y]}]",
                "rules: [{class: COMPILE, reason: x, run: ['(']}]"
            })
    void areRefusedWithWhatIsWrongAndNothingIsLost(String text) {
        rules.save("game", OWN, "ann");

        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> rules.save("game", text, "bob"));
        assertThat(rules.find("game")).map(ProjectRules.Saved::text).contains(OWN);
    }

    @Test
    void whatCannotBeReadAnyMoreKeepsNoBuildAway() {
        database.jdbc()
                .update("insert into project_step_rules values ('game', 'rules: [{class: LATER}]', now(), 'ann')");
        build("after", "game");

        assertThat(step("after").text()).isEqualTo("RUN ./assets.sh pack");
    }

    private BuildStep step(String ref) {
        var build = builds.list(BuildFilter.ALL, null, 10).items().stream()
                .filter(one -> ref.equals(one.ref()))
                .findFirst()
                .orElseThrow();
        return builds.steps(build.id()).getFirst();
    }

    private void build(String ref, String project) {
        IntakeParts.of(builds, rules, clock)
                .ended(
                        new BuilderId(1),
                        new BuildHistoryRecord(
                                ref,
                                Map.of("build-arg:BUILDKIT_BUILD_NAME", project),
                                null,
                                NOW,
                                NOW.plusSeconds(60),
                                1,
                                1,
                                0),
                        () -> TestBuild.at(NOW).ran(STEP, 400).progress());
    }
}
