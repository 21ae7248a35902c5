package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.testing.HostFixtures;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a file changes that is applied to a real database. */
class ConfigApplierTests extends ApplierStage {

    @Test
    void addWhatIsNotThereAndFindNothingToDoAgain() {
        var changes = apply(ONE);

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly("host ci-1 is added", "policy nightly is added");
        assertThat(host("ci-1").configFile()).isEqualTo(FILE);
        assertThat(host("ci-1").labels()).containsEntry("env", "ci");
        assertThat(policy("nightly").configFile()).isEqualTo(FILE);
        assertThat(savedBy("nightly")).containsExactly("configuration file (0123456789ab)");
        assertThat(rows.latest(9)).singleElement().satisfies(applied -> {
            assertThat(applied.changes()).isEqualTo(changes);
            assertThat(applied.hash()).isEqualTo(HASH);
            assertThat(applied.at()).isEqualTo("2026-09-01T12:00:00Z");
        });

        assertThat(apply(ONE)).isEmpty();
        assertThat(policy("nightly").version()).isEqualTo(1);
        assertThat(rows.latest(9)).hasSize(1);
    }

    @Test
    void listsTheFieldsOfAddedEntries() {
        assertThat(applier.changes(content(ONE), FILE))
                .flatExtracting(ConfigChange::details)
                .extracting(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .containsExactly(
                        "Kind:  > docker engine",
                        "Address:  > tcp://one:2375",
                        "Labels:  > env=ci",
                        "Poll interval:  > 1 min",
                        "Enabled:  > yes",
                        "Mode:  > REPORT",
                        "Enabled:  > yes",
                        "Limit per run:  > 20% of the cache",
                        "Rule 1:  > All except internal and frontend: unused for 7 d");
        assertThat(hosts.all()).isEmpty();
        assertThat(policies.all()).isEmpty();
    }

    @Test
    void appliesTheFreeDiskSource() {
        apply(ONE);
        var login = ONE.replace(
                "address: \"tcp://one:2375\"",
                "address: \"tcp://one:2375\", freeDiskFrom: 'ssh://ops@one#/srv', freeDiskKey: /keys/one");

        assertThat(apply(login))
                .flatExtracting(ConfigChange::details)
                .extracting(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .containsExactly("Free disk source:  > ssh://ops@one#/srv", "SSH key:  > /keys/one");
        assertThat(host("ci-1").connection().freeDiskFrom())
                .isEqualTo(new DiskSource.Ssh("ops", "one", 22, Path.of("/keys/one"), "/srv"));
        assertThat(ConfigYaml.of(hosts.all(), List.of(), List.of(), List.of()))
                .contains("freeDiskFrom: ssh://ops@one#/srv", "freeDiskKey: /keys/one");
        assertThat(content(ConfigYaml.of(hosts.all(), policies.all(), pins.all(), List.of()))
                        .hosts())
                .singleElement()
                .satisfies(host ->
                        assertThat(host.connection()).isEqualTo(host("ci-1").connection()));

        assertThat(apply(login)).isEmpty();
        apply(ONE);
        assertThat(host("ci-1").connection().freeDiskFrom()).isEqualTo(DiskSource.LOCAL);
    }

    @Test
    void changeOnlyWhatIsOtherwise() {
        apply(ONE.replace(
                "policies:", "policies:\n  - {name: same, rules: [{unusedFor: 9d}], limitPerRun: {maxShare: 5}}"));

        var changes = apply(ONE.replace(
                        "policies:",
                        "policies:\n  - {name: same, rules: [{unusedFor: 9d}], limitPerRun: {maxShare: 5}}")
                .replace("7d", "14d")
                .replace("env: ci", "env: lab"));

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly("host ci-1 is changed", "policy nightly is changed");
        assertThat(changes)
                .flatExtracting(ConfigChange::details)
                .extracting(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .containsExactly(
                        "Labels: env=ci > env=lab",
                        "Rule 1: All except internal and frontend: unused for 7 d"
                                + " > All except internal and frontend: unused for 14 d");
        assertThat(policy("nightly").version()).isEqualTo(2);
        assertThat(policy("same").version()).isEqualTo(1);
    }

    @Test
    void findsNoChangesInExportedTemplates() {
        for (var template : PolicyTemplates.all()) {
            policies.create(template.policy(), "ada");
        }
        hosts.register(HostFixtures.draft("ci-1", "tcp://one:2375"));
        String exported = ConfigYaml.of(hosts.all(), policies.all(), pins.all(), List.of());

        assertThat(apply(exported)).isNotEmpty().allSatisfy(change -> {
            assertThat(change.action()).isEqualTo(ConfigChange.Action.TAKEN_OVER);
            assertThat(change.details()).isEmpty();
        });
        assertThat(apply(exported)).isEmpty();
        assertThat(ConfigYaml.of(hosts.all(), policies.all(), pins.all(), List.of()))
                .isEqualTo(exported);
    }

    @Test
    void takesOverManuallyCreatedEntries() {
        var host = hosts.register(HostFixtures.draft("ci-1", "tcp://one:2375"));
        policies.create(byHand("nightly", "30d"), "ada");

        var changes = apply(ONE);

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly(
                        "host ci-1 was created manually and is taken over by the file",
                        "policy nightly was created manually and is taken over by the file");
        assertThat(host("ci-1").id()).isEqualTo(host.id());
        assertThat(host("ci-1").engineId()).isEqualTo("ENGINE-1");
        assertThat(savedBy("nightly")).containsExactly("configuration file (0123456789ab)", "ada");
    }

    @Test
    void giveBackWhatIsNoLongerInTheFileAndSwitchPoliciesOff() {
        apply(ONE);
        policies.create(byHand("own", "30d"), "ada");
        long id = host("ci-1").id().value();

        var changes = apply("hosts: []\npolicies: []");

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly(
                        "host ci-1 is no longer in the file and is released",
                        "policy nightly is no longer in the file and is released");
        assertThat(host("ci-1").id().value()).isEqualTo(id);
        assertThat(host("ci-1").enabled()).isTrue();
        assertThat(host("ci-1").configFile()).isNull();
        assertThat(policy("nightly").enabled()).isFalse();
        assertThat(policy("nightly").configFile()).isNull();
        assertThat(policy("nightly").version()).isEqualTo(2);
        assertThat(policy("own").version()).isEqualTo(1);
        assertThat(policy("own").enabled()).isTrue();
        policies.remove(policy("nightly").id());
        hosts.remove(host("ci-1").id());
    }

    @Test
    void addHostsWithoutAskingThem() {
        prober.forgetAll();

        apply(ONE);
        apply(ONE.replace("one:2375", "two:2375"));

        assertThat(prober.probes()).isZero();
        assertThat(host("ci-1").connection().address().text()).isEqualTo("tcp://two:2375");
        assertThat(host("ci-1").reachability()).isInstanceOf(Reachability.Unknown.class);
        assertThat(host("ci-1").builders()).isEmpty();
    }

    @Test
    void recordsANewHashOrPathOfUnchangedContent() {
        apply(ONE);

        assertThat(applier.apply(content(ONE + "# more words\n"), FILE, "f".repeat(64), "ann"))
                .isEmpty();
        assertThat(rows.latest(9)).extracting(ConfigApplication::hash).containsExactly("f".repeat(64), HASH);
        assertThat(applier.apply(content(ONE), "/elsewhere.yml", HASH, "ann"))
                .flatExtracting(ConfigChange::details)
                .containsOnly(new ConfigChange.Detail("Configuration file", FILE, "/elsewhere.yml"));
    }

    @Test
    void giveAllBackAsItIs() {
        apply(ONE);

        assertThat(applier.entries()).isEqualTo(2);
        assertThat(applier.release()).isEqualTo(2);

        assertThat(applier.entries()).isZero();
        assertThat(policy("nightly").enabled()).isTrue();
        assertThat(policy("nightly").version()).isEqualTo(1);
        policies.change(policy("nightly").id(), byHand("nightly", "30d"), null, "ada");
    }
}
