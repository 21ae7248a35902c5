package dev.cachewarden.config.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.config.ConfigApplication;
import dev.cachewarden.config.ConfigChange;
import dev.cachewarden.config.ConfigContent;
import dev.cachewarden.config.ConfigReading;
import dev.cachewarden.config.ConfigStage;
import dev.cachewarden.config.read.ConfigReader;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.host.disk.DiskSource;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyInput;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.configured.ConfiguredPolicies;
import dev.cachewarden.prune.template.PolicyTemplates;
import dev.cachewarden.prune.version.PolicyVersionView;
import dev.cachewarden.prune.version.PolicyVersions;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import dev.cachewarden.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files applied to a real database. */
@SpringBootTest(classes = ConfigStage.class)
@DirtiesContext
class ConfigApplierTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String FILE = "/etc/cachewarden.yml";
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final String ONE = """
            hosts:
              - {name: ci-1, address: "tcp://one:2375", labels: {env: ci}}
            policies:
              - name: nightly
                rules: [{unusedFor: 7d}]
                ceiling: {maxShare: 20}
            """;

    @Autowired
    ConfigApplier applier;

    @Autowired
    ConfigRows rows;

    @Autowired
    ConfigReader reader;

    @Autowired
    HostRegistry hosts;

    @Autowired
    Policies policies;

    @Autowired
    PolicyVersions versions;

    @Autowired
    ConfiguredPolicies configured;

    @Autowired
    FakeProber prober;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @BeforeEach
    void startEmpty() {
        database.clear();
        prober.forgetAll();
        prober.engineAt("tcp://one:2375", "ENGINE-1");
    }

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
    void tellFieldByFieldWhatIsAdded() {
        assertThat(applier.changes(content(ONE), FILE))
                .flatExtracting(ConfigChange::details)
                .extracting(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .containsExactly(
                        "Kind:  > docker engine",
                        "Address:  > tcp://one:2375",
                        "Labels:  > env=ci",
                        "Read every:  > 1m",
                        "Switched on:  > yes",
                        "Mode:  > REPORT",
                        "Switched on:  > yes",
                        "Rule 1:  > All but internal and frontend: unused for 7d",
                        "Ceiling of a run:  > 20 % of the cache");
        assertThat(hosts.all()).isEmpty();
        assertThat(policies.all()).isEmpty();
    }

    @Test
    void sayWhoIsAskedForTheFreeDisk() {
        apply(ONE);
        var login = ONE.replace(
                "address: \"tcp://one:2375\"",
                "address: \"tcp://one:2375\", freeDiskFrom: 'ssh://ops@one#/srv', freeDiskKey: /keys/one");

        assertThat(apply(login))
                .flatExtracting(ConfigChange::details)
                .extracting(detail -> detail.what() + ": " + detail.before() + " > " + detail.after())
                .containsExactly("Free disk from:  > ssh://ops@one#/srv", "SSH key for it:  > /keys/one");
        assertThat(host("ci-1").connection().freeDiskFrom())
                .isEqualTo(new DiskSource.Ssh("ops", "one", 22, Path.of("/keys/one"), "/srv"));
        assertThat(ConfigYaml.of(hosts.all(), List.of()))
                .contains("freeDiskFrom: ssh://ops@one#/srv", "freeDiskKey: /keys/one");
        assertThat(content(ConfigYaml.of(hosts.all(), policies.all())).hosts())
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
                "policies:", "policies:\n  - {name: same, rules: [{unusedFor: 9d}], ceiling: {maxShare: 5}}"));

        var changes = apply(ONE.replace(
                        "policies:", "policies:\n  - {name: same, rules: [{unusedFor: 9d}], ceiling: {maxShare: 5}}")
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
                        "Rule 1: All but internal and frontend: unused for 7d"
                                + " > All but internal and frontend: unused for 14d");
        assertThat(policy("nightly").version()).isEqualTo(2);
        assertThat(policy("same").version()).isEqualTo(1);
    }

    @Test
    void findNothingToDoAfterAnyTemplateOfOurs() {
        for (var template : PolicyTemplates.all()) {
            policies.create(template.policy(), "ada");
        }
        hosts.register(HostFixtures.draft("ci-1", "tcp://one:2375"));
        String exported = ConfigYaml.of(hosts.all(), policies.all());

        assertThat(apply(exported)).isNotEmpty().allSatisfy(change -> {
            assertThat(change.action()).isEqualTo(ConfigChange.Action.TAKEN_OVER);
            assertThat(change.details()).isEmpty();
        });
        assertThat(apply(exported)).isEmpty();
        assertThat(ConfigYaml.of(hosts.all(), policies.all())).isEqualTo(exported);
    }

    @Test
    void takeOverWhatWasMadeByHand() {
        var host = hosts.register(HostFixtures.draft("ci-1", "tcp://one:2375"));
        policies.create(byHand("nightly", "30d"), "ada");

        var changes = apply(ONE);

        assertThat(changes)
                .extracting(ConfigChange::words)
                .containsExactly(
                        "host ci-1 was made by hand and is taken over by the file",
                        "policy nightly was made by hand and is taken over by the file");
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
                        "host ci-1 is no longer in the file and is given back to people",
                        "policy nightly is no longer in the file and is given back to people");
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
    void letPeopleChangeNothingOfIt() {
        apply(ONE);
        long policy = policy("nightly").id();
        var host = host("ci-1").id();
        String policyRefusal =
                "Policy nightly comes from the configuration file /etc/cachewarden.yml and can be changed only there; nothing was stored.";
        String hostRefusal =
                "Host ci-1 comes from the configuration file /etc/cachewarden.yml and can be changed only there; nothing was stored.";

        assertConflict(policyRefusal, () -> policies.change(policy, byHand("nightly", "30d"), null, "ada"));
        assertConflict(policyRefusal, () -> policies.change(policy, byHand("nightly", "30d"), 1, "ada"));
        assertConflict(policyRefusal, () -> policies.remove(policy));
        assertConflict(policyRefusal, () -> versions.restore(policy, 1, "ada"));
        assertConflict(hostRefusal, () -> hosts.change(host, HostFixtures.draft("ci-1", "tcp://one:2375")));
        assertConflict(hostRefusal, () -> hosts.remove(host));
        assertThat(policy("nightly").version()).isEqualTo(1);
        // What the service finds out is not a change by people.
        hosts.recordProbe(host, HostFixtures.engine("ENGINE-1"));
        hosts.recordReachable(host);
        assertThat(host("ci-1").configFile()).isEqualTo(FILE);
    }

    @Test
    void applyAllOrNothing() {
        apply("policies:\n  - {name: nightly, rules: [{unusedFor: 9d}], ceiling: {maxShare: 5}}");
        var good = content(ONE);
        var twice = new ConfigContent(
                good.hosts(),
                List.of(
                        good.policies().getFirst(),
                        other(good.policies().getFirst()),
                        other(good.policies().getFirst())));

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> applier.apply(twice, FILE, HASH, "configuration file"))
                .withMessage("name: 'other' is taken by another policy");

        assertThat(hosts.all()).isEmpty();
        assertThat(policies.all()).extracting(PolicyView::name).containsExactly("nightly");
        assertThat(policy("nightly").version()).isEqualTo(1);
        assertThat(rows.latest(9)).hasSize(1);
    }

    @Test
    void refuseToOverwriteWhatSomebodySavesMeanwhile() {
        var seen = policies.create(byHand("nightly", "30d"), "ada");
        policies.change(seen.id(), byHand("nightly", "60d"), null, "bob");

        assertConflict(
                "Policy nightly is no longer at version 1; somebody changed it just now.",
                () -> configured.change(seen, seen.content(), FILE, "configuration file"));
        assertThat(policy("nightly").configFile()).isNull();
    }

    @Test
    void applyOnceHoweverManyReplicasDo() {
        var content = content(ONE);
        var replicas = IntStream.range(0, 6)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> applier.apply(content, FILE, HASH, "configuration file")))
                .toList();

        assertThat(replicas)
                .extracting(CompletableFuture::join)
                .filteredOn(changes -> !changes.isEmpty())
                .hasSize(1);
        assertThat(policy("nightly").version()).isEqualTo(1);
        assertThat(rows.latest(9)).hasSize(1);
    }

    @Test
    void recordThatAnotherFileSaysTheSame() {
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

    private static PolicyView.Content other(PolicyView.Content content) {
        return new PolicyView.Content(
                "other",
                content.mode(),
                content.enabled(),
                content.scope(),
                content.priority(),
                content.rules(),
                content.pins(),
                content.triggers(),
                content.ceiling(),
                content.approveAbove(),
                content.guards());
    }

    private PolicyInput byHand(String name, String unusedFor) {
        var template = PolicyTemplates.all().getFirst().policy();
        return new PolicyInput(
                name,
                "REPORT",
                true,
                null,
                null,
                List.of(RuleInput.of(List.of(), unusedFor, null, null)),
                List.of(),
                PolicyInput.When.BY_HAND,
                template.ceiling(),
                null,
                PolicyInput.Guards.NONE);
    }

    private List<ConfigChange> apply(String yaml) {
        return applier.apply(content(yaml), FILE, HASH, "configuration file");
    }

    private ConfigContent content(String yaml) {
        var reading = reader.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(ConfigReading.Good.class);
        return ((ConfigReading.Good) reading).content();
    }

    private WatchedHost host(String name) {
        return hosts.all().stream()
                .filter(host -> host.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private PolicyView policy(String name) {
        return policies.all().stream()
                .filter(policy -> policy.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private List<String> savedBy(String name) {
        return versions.of(policy(name).id()).stream()
                .map(PolicyVersionView::savedBy)
                .map(String::valueOf)
                .toList();
    }

    private static void assertConflict(String message, ThrowingCallable attempt) {
        assertThatExceptionOfType(ConflictException.class).isThrownBy(attempt).withMessage(message);
    }
}
