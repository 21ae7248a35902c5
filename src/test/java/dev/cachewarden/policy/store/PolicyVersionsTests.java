package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The versions of a policy. */
class PolicyVersionsTests extends StoredPoliciesStage {

    @Test
    void keepEverySaveAndRestoreOneAsANewVersion() {
        var created = policies.create(input("nightly", "30 3 * * *"), "ada");
        clock.advance(Duration.ofHours(1));
        policies.change(created.id(), everyTrigger(), 1, "grace");

        assertThat(policies.of(created.id()))
                .extracting(PolicyVersionView::version, PolicyVersionView::savedBy)
                .containsExactly(tuple(2, "grace"), tuple(1, "ada"));
        assertThat(policies.find(created.id(), 1).orElseThrow().content()).isEqualTo(created.content());
        assertThat(policies.find(created.id(), 2).orElseThrow().content())
                .isEqualTo(policies.find(created.id()).orElseThrow().content());

        var restored = policies.restore(created.id(), 1, "linus");

        assertThat(restored.version()).isEqualTo(3);
        assertThat(restored.content()).isEqualTo(created.content());
        assertThat(restored.nextStartAt()).isEqualTo(created.nextStartAt());
        assertThat(policies.find(created.id(), 3).orElseThrow().savedBy()).isEqualTo("linus");
    }

    @Test
    void latestVersionsAreOfEachPolicyInOrder() {
        var beta = policies.create(input("beta", null), "ada");
        for (int hour = 0; hour < 3; hour++) {
            clock.advance(Duration.ofHours(1));
            policies.change(beta.id(), input("beta", "30 " + hour + " * * *"), null, "ada");
        }
        policies.create(input("Alpha", null), "ada");
        policies.create(input("gamma", null), "ada");

        assertThat(policies.latest(2, 2))
                .extracting(version -> version.content().name() + " v" + version.version())
                .containsExactly("Alpha v1", "beta v4", "beta v3");
        assertThat(policies.latest(1, 5)).hasSize(1);
    }

    @Test
    void versionsSavedWithinATimeAreNewestFirst() {
        var nightly = policies.create(input("nightly", null), "ada");
        var first = clock.instant();
        for (int hour = 0; hour < 3; hour++) {
            clock.advance(Duration.ofHours(1));
            policies.change(nightly.id(), input("nightly", "30 " + hour + " * * *"), null, "ada");
        }

        assertThat(policies.savedWithin(first, clock.instant(), 9))
                .extracting(PolicyVersionView::version)
                .containsExactly(3, 2, 1);
        assertThat(policies.savedWithin(first.plusSeconds(1), clock.instant().plusSeconds(1), 2))
                .extracting(PolicyVersionView::version)
                .containsExactly(4, 3);
    }

    @Test
    void keepGuardsWithThePolicyAndItsVersions() {
        var plain = policies.create(input("nightly", null), "ada");
        var guards = new RunGuards(Duration.ofMinutes(10), 3, 200, Duration.ofMillis(500));

        policies.change(plain.id(), everyTrigger(), 1, "ada");

        assertThat(plain.guards()).isEqualTo(RunGuards.NONE);
        assertThat(policies.find(plain.id()).orElseThrow().guards()).isEqualTo(guards);
        assertThat(policies.of(plain.id()))
                .extracting(version -> version.content().guards())
                .containsExactly(guards, RunGuards.NONE);
        assertThat(policies.restore(plain.id(), 1, "ada").guards()).isEqualTo(RunGuards.NONE);
    }

    @Test
    void keepNoVersionOfASaveThatWasRefused() {
        var created = policies.create(input("nightly", null), "ada");
        policies.create(input("other", null), "ada");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> policies.change(created.id(), input("other", null), null, "ada"));

        assertThat(policies.of(created.id())).hasSize(1);
    }

    @Test
    void reportsAnUnknownVersion() {
        var created = policies.create(input("nightly", null), "ada");

        assertThat(policies.find(created.id(), 9)).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.restore(created.id(), 9, "ada"))
                .withMessage("Policy " + created.id() + " has no version 9.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> policies.of(created.id() + 1))
                .withMessage("There is no policy " + (created.id() + 1) + ".");
    }

    private static PolicyDocument everyTrigger() {
        return new PolicyDocument(
                "nightly",
                "REPORT",
                false,
                "env!=prod,gpu,!old",
                "7",
                List.of(PolicyDocument.Rule.of(List.of(), "14d", "15%", null)),
                List.of("mountTarget==/root/.m2"),
                "0 4 * * *",
                "UTC",
                new PolicyDocument.Watermark("FREE_DISK", "10%", "20%"),
                true,
                "22:00-06:00",
                new PolicyDocument.LimitPerRun(null, "50"),
                "1GB",
                new PolicyDocument.Guards("10m", "3", "200", "PT0.5S"));
    }
}
