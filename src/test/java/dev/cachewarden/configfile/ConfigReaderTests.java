package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.PinParts;
import dev.cachewarden.policy.store.PolicyExport;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ConfigReaderTests {

    /** All that a policy can say, with no key left out. */
    private static final String FULL = """
            hosts:
              - name: ci-1
                kind: BUILDKITD
                address: tcp://ci-1:1234
                tls: {ca: /etc/c/ca.pem, certificate: /etc/c/cert.pem, key: /etc/c/key.pem}
                labels: {env: ci, version: "1.10"}
                pollInterval: 30s
                enabled: false
                freeDiskFrom: ssh://ops@ci-1:2222#/var/lib/buildkit
                freeDiskKey: /keys/ci-1
            policies:
              - name: nightly
                mode: ENFORCE
                enabled: true
                scope: env=ci,team!=ml
                priority: -7
                rules:
                  - types: [regular, source.local]
                    filters: ["description~=npm ci", "id!=abc"]
                    unusedFor: 14d
                    maxUsedSpace: 200GiB
                    minFreeSpace: 15%
                    reservedSpace: 20000000000
                    measure: WHOLE_CACHE
                    order: BUILDKIT
                    includeShared: true
                    includeInternal: true
                  - unusedFor: 0s
                pins: ["mountTarget==/root/.m2"]
                cron: 30 3 * * *
                timeZone: Europe/Berlin
                watermark: {of: FREE_DISK, start: 10%, stop: 20%}
                afterBuilds: true
                window: 22:00-06:00
                limitPerRun: {maxBytes: 100GB, maxShare: 20}
                approveAbove: 50GB
                guards: {waitForBuilds: 10m, stopAfterFailures: 3, batchSize: 200, pauseBetweenBatches: PT0.5S}
            """;

    private static final SettableClock CLOCK = new SettableClock("2026-09-01T12:00:00Z");

    private static final JdbcTemplate NO_DATABASE = new JdbcTemplate(new DriverManagerDataSource());

    private static final Policies POLICIES = PolicyParts.withoutDatabase(CLOCK);

    private final ConfigReader reader =
            new ConfigReader(POLICIES, PinParts.pins(NO_DATABASE, POLICIES, FakeHosts.leadingTo(), CLOCK));

    @Test
    void readsEveryField() {
        var content = good(FULL);

        assertThat(content.hosts()).singleElement().satisfies(host -> {
            assertThat(host.connection().name()).isEqualTo("ci-1");
            assertThat(host.connection().kind()).isEqualTo(HostKind.BUILDKITD);
            assertThat(host.connection().address()).isInstanceOf(HostAddress.TlsTcp.class);
            assertThat(host.labels()).isEqualTo(Map.of("env", "ci", "version", "1.10"));
            assertThat(host.pollInterval()).isEqualTo(Duration.ofSeconds(30));
            assertThat(host.enabled()).isFalse();
            assertThat(host.connection().freeDiskFrom())
                    .isEqualTo(new DiskSource.Ssh("ops", "ci-1", 2222, Path.of("/keys/ci-1"), "/var/lib/buildkit"));
        });
        assertThat(content.policies()).singleElement().satisfies(policy -> {
            assertThat(policy.mode()).isEqualTo(PolicyMode.ENFORCE);
            assertThat(policy.scope()).hasToString("env=ci,team!=ml");
            assertThat(policy.priority()).isEqualTo(-7);
            assertThat(policy.rules()).hasSize(2);
            assertThat(policy.rules().getFirst().selection().includeInternal()).isTrue();
            assertThat(policy.triggers().watermark()).isNotNull();
            assertThat(policy.triggers().window()).hasToString("22:00-06:00");
            assertThat(policy.approveAbove()).hasToString("46.6 GiB");
            assertThat(policy.guards().batchSize()).isEqualTo(200);
        });
    }

    @Test
    void readWhatIsExported() {
        var policies = Stream.concat(
                good(FULL).policies().stream(),
                PolicyTemplates.all().stream().map(template -> PolicyParts.read(template.policy())));

        assertThat(policies)
                .hasSizeGreaterThan(3)
                .allSatisfy(policy -> assertThat(good(PolicyExport.of(policy, PolicyExport.Format.YAML)
                                        .content())
                                .policies())
                        .containsExactly(policy));
    }

    @Test
    void readTheExampleOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/configuration-file.md"));
        String example =
                page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n", page.indexOf("```yaml\n") + 8));

        var content = good(example);

        assertThat(content.hosts()).isNotEmpty();
        assertThat(content.policies()).isNotEmpty();
        assertThat(content.pins())
                .extracting(pin -> pin.filter().toString(), FleetPin.Draft::note)
                .contains(tuple("mountTarget==/root/.m2", "slow to download"));
    }

    @Test
    void leaveOutWhatIsAsUsual() {
        var content = good("""
                policies:
                  - {name: small, rules: [{unusedFor: 7d}], limitPerRun: {maxShare: 20}}
                """);

        assertThat(content.hosts()).isEmpty();
        assertThat(content.policies())
                .extracting(PolicyView.Content::mode, PolicyView.Content::enabled)
                .containsExactly(tuple(PolicyMode.REPORT, true));
    }

    @Test
    void followAnchorsAndMerges() {
        var content = good("""
                x-usual: &usual
                  mode: REPORT
                  limitPerRun: &limitPerRun {maxShare: 20}
                  rules: &rules
                    - unusedFor: 7d
                policies:
                  - <<: *usual
                    name: one
                    mode: ENFORCE
                  - name: two
                    rules: *rules
                    limitPerRun: *limitPerRun
                hosts: []
                """);

        assertThat(content.policies()).extracting(PolicyView.Content::name).containsExactly("one", "two");
        assertThat(content.policies())
                .extracting(PolicyView.Content::mode)
                .containsExactly(PolicyMode.ENFORCE, PolicyMode.REPORT);
        assertThat(content.policies().getFirst().rules())
                .isEqualTo(content.policies().getLast().rules());
    }

    @Test
    void readAThousandHostsThatShareAnAnchor() {
        String hosts = IntStream.range(0, 1_000)
                .mapToObj(i -> "  - {name: h" + i + ", address: 'tcp://h" + i + ":2375', labels: *ci}\n")
                .collect(Collectors.joining());

        assertThat(good("x-labels: &ci {env: ci}\nhosts:\n" + hosts).hosts())
                .hasSize(1_000)
                .allSatisfy(host -> assertThat(host.labels()).containsExactly(Map.entry("env", "ci")));
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                row("", "is empty. If this is intended, write hosts: [] and policies: []"),
                row("# only a comment", "is empty. If this is intended, write hosts: [] and policies: []"),
                row(
                        "x-a: 1",
                        "contains no hosts, policies, pins, channels, or alert rules. If this is intended, write hosts: [] and policies: []"),
                row("- a", "line 1 is a list, not a mapping"),
                row("hosts: [}", "line 1 is not valid YAML: expected the node content, but found '}'"),
                row("hosts: []\n---\nhosts: []", "line 2 is not valid YAML: but found another document"),
                row("hosts:", "line 1, hosts has no value; set a value, or remove the key"),
                row("hosts: yes", "line 1, hosts is 'yes', a boolean, not a list"),
                row("hosts: []\nhosts: []", "line 2, hosts is a duplicate of the key on line 1"),
                row("hosts: []\n1: 2", "line 2 has a key that is '1', a number; keys must be strings"),
                row("hosts: []\npolcies: []", "line 2, polcies is an unknown key. Did you mean 'policies'?"),
                row(
                        "hosts: []\nvolumes: []",
                        "line 2, volumes is an unknown key. Known keys: hosts, policies, pins, channels, alertRules"),
                row(
                        "hosts: !!java.net.URL [x]",
                        "line 1 is not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL"),
                row("hosts: !mine []", "line 1, hosts is tagged !mine, which is not supported, not a list"),
                row("hosts: &a [*a]", "line 1 has an alias that refers to a node that contains it"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refuseWhatIsNoFile(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly(problem);
    }

    static Stream<Arguments> badHosts() {
        return Stream.of(
                row("addres: unix:///x", "line 3, hosts[0].addres is an unknown key. Did you mean 'address'?"),
                row(
                        "address: 5",
                        "line 3, hosts[0].address is '5', a number in YAML; put it in quotes if it is a string"),
                row("address: ''", "line 3, hosts[0].address is blank; set a value, or remove the key"),
                row(
                        "address: nowhere",
                        "line 3, hosts[0].address 'nowhere' is not an address. For a Docker context, enter the"
                                + " address that docker"
                                + " context inspect shows. For a host, enter tcp://name:port"),
                row(
                        "address: docker-container://bk",
                        "line 3, hosts[0].address 'docker-container://bk' names a container, which Cachewarden"
                                + " cannot connect to."
                                + " Make its buildkitd listen on a port (--addr tcp://0.0.0.0:1234 with TLS) or on"
                                + " a socket file in a"
                                + " shared volume. Enter that tcp:// or unix:// address with the type buildkitd"),
                row("labels: [a]", "line 3, hosts[0].labels is a list, not a mapping"),
                row(
                        "labels: {country: no}",
                        "line 3, hosts[0].labels.country is 'no', a boolean in YAML; put it in quotes if it is a"
                                + " string"),
                row(
                        "labels: {version: 1.10}",
                        "line 3, hosts[0].labels.version is '1.10', a number in YAML; put it in quotes if it is a"
                                + " string"),
                row("enabled: on", "line 3, hosts[0].enabled is 'on', a boolean; write true or false"),
                row(
                        "tls: {ca: /a, cert: /b}",
                        "line 3, hosts[0].tls.cert is an unknown key. Known keys: ca, certificate, key"));
    }

    @ParameterizedTest
    @MethodSource("badHosts")
    void refuseBadHosts(String line, String problem) {
        assertThat(problems("hosts:\n  - name: one\n    " + line)).containsExactly(problem);
    }

    static Stream<Arguments> badPolicies() {
        return Stream.of(
                row(
                        "rules: [{unusedfor: 7d}]",
                        "policies[0].rules[0].unusedfor is an unknown key. Did you mean 'unusedFor'?"),
                row("rules: [{unusedFor: 7 days}]", "policies[0].rules[0].unusedFor '7 days' is not a duration"),
                row(
                        "rules: [{filters: ['description~=(']}]",
                        "policies[0].rules[0].filters '(' is not a valid regular" + " expression: missing closing )"),
                row("rules: [{filters: 'id==a'}]", "policies[0].rules[0].filters is a string, not a list"),
                row("rules: [{maxUsedSpace: 10GB, reservedSpace: 20GB}]", "policies[0].rules[0].reservedSpace "),
                row(
                        "rules: [{maxUsedSpace: 0x10}]",
                        "policies[0].rules[0].maxUsedSpace is written as 0x10; write whole numbers in decimal digits"),
                row("rules: [{maxUsedSpace: 1.5}]", "policies[0].rules[0].maxUsedSpace is '1.5', a number in YAML"),
                row("rules: [{maxUsedSpace: }]", "policies[0].rules[0].maxUsedSpace has no value"),
                row("rules: [7d]", "policies[0].rules[0] is a string, not a mapping"),
                row("rules: []", "policies[0].rules must not be empty; add at least one rule"),
                row("priority: high", "policies[0].priority 'high' is not a priority"),
                row("cron: 99 * * * *", "policies[0].cron "),
                row("timeZone: Mars", "policies[0].timeZone 'Mars' is not a time zone"),
                row("watermark: {start: 80GB}", "policies[0].watermark.stop is missing"),
                row("watermark: {from: 80GB}", "policies[0].watermark.from is an unknown key"),
                row("guards: {batchSize: 0}", "policies[0].guards.batchSize '0' is not a valid batch size"),
                row(
                        "approveAboveBytes: 5",
                        "policies[0].approveAboveBytes is an unknown key. Known keys: name, mode, "),
                row("scope: {env: ci}", "policies[0].scope is a mapping, not a string"));
    }

    @ParameterizedTest
    @MethodSource("badPolicies")
    void refuseBadPolicies(String line, String problem) {
        String rules = line.startsWith("rules") ? "" : "\n    rules: [{unusedFor: 7d}]";

        assertThat(problems("policies:\n  - name: p\n    limitPerRun: {maxShare: 20}\n    " + line + rules))
                .singleElement()
                .asString()
                .startsWith("line 4, " + problem);
    }

    @Test
    void reportsTheLineOfEachProblem() {
        assertThat(problems("""
                hosts:
                  - name: one
                    address: tcp://one
                policies:
                  - name: p
                    rules:
                      - unusedFor: 7d
                      - maxUsedSpace: much
                  - name: q
                    rules: [{unusedFor: 7d}]
                    limitPerRun: {maxShare: 20}
                  - name: q
                    rules: [{unusedFor: 8d}]
                    limitPerRun: {maxShare: 20}
                """))
                .hasSize(4)
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("line 3, hosts[0].address 'tcp://one' has no port"),
                        two -> assertThat(two)
                                .startsWith("line 8, policies[0].rules[1].maxUsedSpace 'much' is not a size"),
                        three -> assertThat(three).startsWith("line 5, policies[0].limitPerRun is missing"),
                        four -> assertThat(four)
                                .isEqualTo("line 12, policies[2].name 'q' is also the name of policies[1] on line 9;"
                                        + " change one of"
                                        + " them"));
    }

    @Test
    void stopCountingAtFiftyProblems() {
        String keys = IntStream.range(0, 80).mapToObj(i -> "k" + i + ": 1\n").collect(Collectors.joining());

        assertThat(problems("hosts: []\n" + keys)).hasSize(51).last().isEqualTo("has 30 more errors");
    }

    @Test
    void refuseABombOfAliases() {
        var bomb = new StringBuilder("x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            String before = "*a" + (i - 1);
            bomb.append("x-%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, before))));
        }

        assertThat(problems(bomb + "hosts: []"))
                .containsExactly("has more than 200000 values after its aliases are expanded");
    }

    @Test
    void refuseMoreThanAMebibyteBeforeLookingAtIt() {
        // Not even YAML; of what is looked at something else would be told.
        assertThat(problems("}".repeat(10_000_000)))
                .containsExactly("is larger than the maximum of 1 MiB and was not read");
        assertThat(good("hosts: []\n" + "#".repeat((1 << 20) - 10)).hosts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 100_000})
    void refuseDeepNesting(int levels) {
        assertThat(problems("hosts: " + "[".repeat(levels) + "]".repeat(levels)))
                .containsExactly("has more than 20 nested levels");
    }

    @Test
    void refuseWhatIsNotUtf8() {
        var latin = "hosts: [] # Größe".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(reader.read(latin))
                .isEqualTo(new ConfigReading.Invalid(List.of(ConfigProblem.ofFile("is not UTF-8"))));
        assertThat(good("\uFEFFhosts: [] # Größe").hosts()).isEmpty();
    }

    private static Arguments row(String yaml, String problem) {
        return Arguments.of(yaml, problem);
    }

    private ConfigContent good(String yaml) {
        var reading = reader.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(yaml).isInstanceOf(ConfigReading.Valid.class);
        return ((ConfigReading.Valid) reading).content();
    }

    private List<String> problems(String yaml) {
        return switch (reader.read(yaml.getBytes(StandardCharsets.UTF_8))) {
            case ConfigReading.Valid good -> List.of();
            case ConfigReading.Invalid bad ->
                bad.problems().stream().map(ConfigProblem::toString).toList();
        };
    }
}
