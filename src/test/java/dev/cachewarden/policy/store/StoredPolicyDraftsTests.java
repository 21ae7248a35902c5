package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyDraftView;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredPolicyDraftsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-09-01T12:00:00.123456Z"));
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final StoredPolicies policies = PolicyParts.policies(database, clock);
    private final StoredPolicyDrafts drafts = new StoredPolicyDrafts(policies, jdbc, clock);
    private PolicyView policy;

    @BeforeEach
    void aPolicy() {
        database.clear();
        policy = policies.create(input("nightly", "30d"), "ada");
    }

    @Test
    void leaveTheVersionInForceAsItIs() {
        var saved = drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob");

        assertThat(policies.find(policy.id())).contains(policy);
        assertThat(policies.of(policy.id())).hasSize(1);
        assertThat(drafts.draftOf(policy.id())).contains(saved);
        assertThat(saved)
                .isEqualTo(new PolicyDraftView(
                        policy.id(), 1, PolicyParts.read(input("nightly", "7d")), clock.instant(), "bob"));
    }

    @Test
    void becomeTheNextVersionOnce() {
        drafts.saveDraft(policy.id(), input("renamed", "7d"), 1, null, "bob");

        var active = drafts.activateDraft(policy.id(), null, "ann");

        assertThat(active.version()).isEqualTo(2);
        assertThat(active.content()).isEqualTo(PolicyParts.read(input("renamed", "7d")));
        assertThat(policies.of(policy.id()).getFirst().savedBy()).isEqualTo("ann");
        assertThat(drafts.draftOf(policy.id())).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> drafts.activateDraft(policy.id(), null, "ann"))
                .withMessage("There is no draft of policy 1.");
    }

    @Test
    void doNotOverwriteAVersionTheyDoNotKnow() {
        var draft = drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob");
        policies.change(policy.id(), input("nightly", "60d"), 1, "ada");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> drafts.activateDraft(policy.id(), null, "ann"))
                .withMessageStartingWith("Policy nightly is now at version 2. Your changes were not saved.");
        assertThat(drafts.draftOf(policy.id())).contains(draft);

        drafts.saveDraft(policy.id(), input("nightly", "7d"), 2, draft.savedAt(), "bob");
        assertThat(drafts.activateDraft(policy.id(), null, "ann").version()).isEqualTo(3);
    }

    @Test
    void areActivatedOnlyAsTheyWereSeen() {
        var first = drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob");
        clock.advance(Duration.ofSeconds(1));
        var second = drafts.saveDraft(policy.id(), input("nightly", "1h"), 1, first.savedAt(), "eve");

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> drafts.activateDraft(policy.id(), first.savedAt(), "ann"))
                .withMessage("A newer draft was saved by eve. Nothing was activated." + " Review that draft first.");
        assertThat(policies.find(policy.id())).contains(policy);
        assertThat(drafts.activateDraft(policy.id(), second.savedAt(), "ann").version())
                .isEqualTo(2);
    }

    @Test
    void takeThePlaceOnlyOfTheOneThatWasSeen() {
        var first = drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob");
        clock.advance(Duration.ofSeconds(1));
        var second = drafts.saveDraft(policy.id(), input("nightly", "8d"), 1, first.savedAt(), "ann");

        for (var seen : new Instant[] {null, first.savedAt()}) {
            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> drafts.saveDraft(policy.id(), input("nightly", "9d"), 1, seen, "bob"))
                    .withMessage("Policy nightly already has a draft by ann. Your changes were not saved."
                            + " Edit or discard that draft first.");
        }
        drafts.discardDraft(policy.id(), first.savedAt());
        assertThat(drafts.draftOf(policy.id())).contains(second);

        drafts.discardDraft(policy.id(), second.savedAt());
        assertThat(drafts.draftOf(policy.id())).isEmpty();
    }

    @Test
    void areRefusedWhereNothingCouldComeOfThem() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> drafts.saveDraft(policy.id(), input("nightly", "soon"), 1, null, "bob"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> drafts.saveDraft(9, input("nightly", "7d"), 1, null, "bob"));
        jdbc.sql("update prune_policy set config_file = '/etc/cachewarden.yml'").update();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob"))
                .withMessageContaining("Nothing was changed. Edit the file instead.");
        assertThat(drafts.draftOf(policy.id())).isEmpty();
    }

    @Test
    void goWithTheirPolicy() {
        drafts.saveDraft(policy.id(), input("nightly", "7d"), 1, null, "bob");

        policies.remove(policy.id());

        assertThat(drafts.draftOf(policy.id())).isEmpty();
    }

    private static PolicyDocument input(String name, String unusedFor) {
        return new PolicyDocument(
                name,
                "ENFORCE",
                true,
                "env=ci",
                "5",
                List.of(new PolicyDocument.Rule(
                        List.of("regular"),
                        List.of("description~=npm"),
                        unusedFor,
                        "5GB",
                        null,
                        "1GB",
                        null,
                        "BUILDKIT",
                        true,
                        false)),
                List.of("id==x"),
                "0 3 * * *",
                "Europe/Berlin",
                new PolicyDocument.Watermark("CACHE", "80GB", "60GB"),
                true,
                "22:00-06:00",
                new PolicyDocument.LimitPerRun("5GB", "20"),
                "1GB",
                new PolicyDocument.Guards("10m", "3", "200", "5s"));
    }
}
