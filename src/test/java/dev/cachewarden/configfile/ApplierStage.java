package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.ConfiguredPolicies;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Files applied to a real database, empty before each test. */
@SpringBootTest(classes = ConfigStage.class)
@DirtiesContext
abstract class ApplierStage {

    static final TestDatabase database = TestDatabase.create();

    static final String FILE = "/etc/cachewarden.yml";
    static final String HASH = "0123456789abcdef".repeat(4);
    static final String ONE = """
            hosts:
              - {name: ci-1, address: "tcp://one:2375", labels: {env: ci}}
            policies:
              - name: nightly
                rules: [{unusedFor: 7d}]
                limitPerRun: {maxShare: 20}
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
    Pins pins;

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

    PolicyDocument byHand(String name, String unusedFor) {
        var template = PolicyTemplates.all().getFirst().policy();
        return new PolicyDocument(
                name,
                "REPORT",
                true,
                null,
                null,
                List.of(PolicyDocument.Rule.of(List.of(), unusedFor, null, null)),
                List.of(),
                null,
                null,
                null,
                false,
                null,
                template.limitPerRun(),
                null,
                PolicyDocument.Guards.NONE);
    }

    List<ConfigChange> apply(String yaml) {
        return applier.apply(content(yaml), FILE, HASH, "configuration file");
    }

    ConfigContent content(String yaml) {
        var reading = reader.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(ConfigReading.Valid.class);
        return ((ConfigReading.Valid) reading).content();
    }

    WatchedHost host(String name) {
        return hosts.all().stream()
                .filter(host -> host.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    PolicyView policy(String name) {
        return policies.all().stream()
                .filter(policy -> policy.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    List<String> savedBy(String name) {
        return versions.of(policy(name).id()).stream()
                .map(PolicyVersionView::savedBy)
                .map(String::valueOf)
                .toList();
    }

    static void assertConflict(String message, ThrowingCallable attempt) {
        assertThatExceptionOfType(ConflictException.class).isThrownBy(attempt).withMessage(message);
    }
}
