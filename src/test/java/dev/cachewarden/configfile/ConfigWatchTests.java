package dev.cachewarden.configfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.alert.store.AlertRules;
import dev.cachewarden.configfile.ConfigSettings.Apply;
import dev.cachewarden.configfile.ConfigStatus.State;
import dev.cachewarden.host.ConfiguredHosts;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.notify.store.ConfiguredChannels;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.ConfiguredPins;
import dev.cachewarden.policy.store.ConfiguredPolicies;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.testing.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Looks at a file that changes under them, one by one. */
@SpringBootTest(classes = ConfigStage.class)
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class ConfigWatchTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String ONE = policy("one");
    private static final String TWO = policy("two");

    @TempDir
    Path directory;

    Path file;

    @Autowired
    ConfiguredChannels channels;

    @Autowired
    AlertRules alertRules;

    @Autowired
    Pins pins;

    @Autowired
    ConfiguredPins configuredPins;

    @Autowired
    ConfigReader reader;

    @Autowired
    ConfigApplier applier;

    @Autowired
    ConfigRows rows;

    @Autowired
    HostRegistry hosts;

    @Autowired
    ConfiguredHosts configuredHosts;

    @Autowired
    Policies policies;

    @Autowired
    ConfiguredPolicies configuredPolicies;

    @Autowired
    AuditTrail trail;

    @Autowired
    SettableClock clock;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        database.registerWith(registry);
    }

    @BeforeEach
    void startEmpty() throws IOException {
        database.clear();
        file = directory.resolve("cachewarden.yml");
        Files.writeString(file, ONE);
    }

    @Test
    void takeTheFileAtTheFirstLook(CapturedOutput output) {
        watch(Apply.AUTOMATIC).check();

        assertThat(names()).containsExactly("one");
        assertThat(output).contains("Applied configuration file ", "): policy one is added");
        assertThat(trail.entries(null, 9).items())
                .extracting(AuditEntry::action, AuditEntry::actor)
                .containsExactly(tuple("config.apply", "cachewarden"));
        assertThat(status(Apply.AUTOMATIC).status().state()).isEqualTo(State.IN_SYNC);
    }

    /** Half of it might be a whole file too. */
    @Test
    void appliesAChangeOnlyAfterTwoIdenticalReads() throws IOException {
        var watch = watch(Apply.AUTOMATIC);
        watch.check();

        Files.writeString(file, "policies: []");
        watch.check();
        assertThat(policies.all()).allMatch(PolicyView::enabled);
        Files.writeString(file, TWO);
        watch.check();
        assertThat(names()).containsExactly("one");
        watch.check();
        assertThat(names()).containsExactly("one", "two");
    }

    @Test
    void notBeMovedByATouchOrAnotherWayToTheSameContent() throws IOException {
        var watch = watch(Apply.AUTOMATIC);
        watch.check();

        Files.delete(file);
        Files.writeString(file, ONE);
        watch.check();
        watch.check();

        assertThat(rows.latest(9)).hasSize(1);
    }

    /** As Kubernetes swaps a ConfigMap: the file stays a link, the directory behind it is another one. */
    @Test
    void seeThroughLinks() throws IOException {
        for (var version : List.of("v1", "v2")) {
            Files.createDirectory(directory.resolve(version));
            Files.writeString(directory.resolve(version).resolve("cachewarden.yml"), version.equals("v1") ? ONE : TWO);
        }
        var link = Files.createSymbolicLink(directory.resolve("data"), Path.of("v1"));
        file = Files.createSymbolicLink(directory.resolve("linked.yml"), Path.of("data/cachewarden.yml"));
        var watch = watch(Apply.AUTOMATIC);
        watch.check();
        assertThat(names()).containsExactly("one");

        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("v2"));
        watch.check();
        watch.check();

        assertThat(names()).containsExactly("one", "two");
    }

    @Test
    void goOnWithTheLastGoodStateWhenTheFileIsBad(CapturedOutput output) throws IOException {
        var watch = watch(Apply.AUTOMATIC);
        watch.check();
        var before = policies.all();

        Files.writeString(file, ONE.replace("unusedFor", "unusedfor") + TWO);
        watch.check();
        watch.check();
        watch.check();

        assertThat(policies.all()).isEqualTo(before);
        assertThat(output.getOut().lines().filter(line -> line.contains("is invalid")))
                .singleElement()
                .asString()
                .contains("cachewarden.yml is invalid and was not applied: line ");
        assertThat(output).doesNotContain("\tat ");
        assertThat(status(Apply.AUTOMATIC).status().state()).isEqualTo(State.INVALID);

        Files.writeString(file, TWO);
        watch.check();
        watch.check();
        assertThat(names()).containsExactly("one", "two");
    }

    @Test
    void waitForAFileThatIsNotThere(CapturedOutput output) throws IOException {
        Files.delete(file);
        var watch = watch(Apply.AUTOMATIC);
        watch.check();
        assertThat(output).contains("cachewarden.yml is invalid and was not applied: does not exist");
        assertThat(status(Apply.AUTOMATIC).status().problems()).singleElement().hasToString("does not exist");

        Files.createDirectory(file);
        assertThat(status(Apply.AUTOMATIC).status().problems()).singleElement().hasToString("is not a regular file");

        Files.delete(file);
        Files.writeString(file, ONE);
        watch.check();
        watch.check();
        assertThat(names()).containsExactly("one");
    }

    @Test
    void tryAgainWhatFailedThoughNothingIsWrongWithTheFile(CapturedOutput output) {
        var failing = new FailingApplier();
        var watched = new WatchedFile(settings(Apply.AUTOMATIC), reader, failing, rows, hosts, policies, pins, trail);
        var watch = new ConfigWatch(settings(Apply.AUTOMATIC), reader, watched);

        watch.check();
        watch.check();
        assertThat(output.getOut().lines().filter(line -> line.contains("Could not apply configuration file")))
                .singleElement()
                .asString()
                .endsWith("; will retry: The database is away");
        assertThat(watched.status().failure()).isEqualTo("The database is away");

        failing.away = false;
        watch.check();
        assertThat(names()).containsExactly("one");
        assertThat(watched.status().failure()).isNull();
    }

    @Test
    void askFirstWhereThatIsSet(CapturedOutput output) throws IOException {
        var watched = status(Apply.ASK);
        watch(Apply.ASK).check();

        assertThat(policies.all()).isEmpty();
        assertThat(output).contains("has pending changes that an administrator must apply");
        var status = watched.status();
        assertThat(status.state()).isEqualTo(State.PENDING);
        assertThat(status.changes()).extracting(ConfigChange::words).containsExactly("policy one is added");

        Files.writeString(file, TWO);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> watched.apply(status.hash(), "ann"))
                .withMessageContaining("changed after you loaded this page. Nothing was applied.");
        watched.apply(watched.status().hash(), "ann");

        assertThat(names()).containsExactly("two");
        assertThat(watched.status().state()).isEqualTo(State.IN_SYNC);
        assertThat(watched.status().applications())
                .singleElement()
                .satisfies(applied -> assertThat(applied.by()).isEqualTo("ann, from the configuration file"));
    }

    @Test
    void explainsTheSetupWithoutAFile() {
        var none = new WatchedFile(
                new ConfigSettings(null, Apply.AUTOMATIC, Duration.ofDays(1)),
                reader,
                applier,
                rows,
                hosts,
                policies,
                pins,
                trail);
        watch(Apply.AUTOMATIC).check();

        assertThat(none.status().state()).isEqualTo(State.NO_FILE);
        assertThat(none.status().entries()).isEqualTo(1);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> none.apply(null, "ann"))
                .withMessage(
                        "No configuration file is set. Set cachewarden.config to its path and restart Cachewarden.");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> status(Apply.AUTOMATIC).release())
                .withMessageContaining("would take over the released items again");

        assertThat(none.release()).isEqualTo(1);
        assertThat(none.status().entries()).isZero();
    }

    private static String policy(String name) {
        return "policies:\n  - {name: " + name + ", rules: [{unusedFor: 7d}], limitPerRun: {maxShare: 20}}\n";
    }

    private List<String> names() {
        return policies.all().stream().map(PolicyView::name).toList();
    }

    private ConfigSettings settings(Apply apply) {
        return new ConfigSettings(file, apply, Duration.ofDays(1));
    }

    private ConfigWatch watch(Apply apply) {
        return new ConfigWatch(settings(apply), reader, status(apply));
    }

    private WatchedFile status(Apply apply) {
        return new WatchedFile(settings(apply), reader, applier, rows, hosts, policies, pins, trail);
    }

    private final class FailingApplier extends ConfigApplier {

        boolean away = true;

        FailingApplier() {
            super(
                    hosts,
                    configuredHosts,
                    policies,
                    configuredPolicies,
                    pins,
                    configuredPins,
                    channels,
                    alertRules,
                    rows,
                    clock);
        }

        @Override
        List<ConfigChange> apply(ConfigContent content, String path, String hash, String by) {
            if (away) {
                throw new TransientDataAccessResourceException("The database is away");
            }
            return applier.apply(content, path, hash, by);
        }
    }
}
