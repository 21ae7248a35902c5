package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostBecameUnreachable;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostRecovered;
import dev.cachewarden.host.HostSaved;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import dev.cachewarden.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/** Hosts in a real database, the network played by {@link FakeProber}. */
@DataJpaTest(showSql = false)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    HostBook.class,
    KnownHosts.class,
    ProbingHostRegistry.class,
    FakeProber.class,
    HostRegistryTests.Committed.class
})
@RecordApplicationEvents
class HostRegistryTests {

    static final TestDatabase database = TestDatabase.create();

    @Autowired
    ProbingHostRegistry registry;

    @Autowired
    FakeProber prober;

    @Autowired
    ApplicationEvents events;

    @Autowired
    Committed committed;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        database.registerWith(properties);
    }

    @BeforeEach
    void startEmpty() {
        database.clear();
        committed.unreachable.clear();
        committed.recovered.clear();
        prober.forgetAll();
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        prober.engineAt("tcp://two:2375", "ENGINE-2");
    }

    @Test
    void registerStoresAllThatWasGivenAndFound() {
        var saved = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThat(registry.find(saved.id())).contains(saved);
        assertThat(saved.connection()).isEqualTo(HostFixtures.connection("one", "tcp://one:2375"));
        assertThat(saved.labels()).containsExactly(Map.entry("env", "ci"));
        assertThat(saved.pollInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(saved.enabled()).isTrue();
        assertThat(saved.engineId()).isEqualTo("ENGINE-1");
        assertThat(saved.capabilities()).isEqualTo(HostFixtures.engine("ENGINE-1"));
        assertThat(saved.reachability()).isInstanceOf(Reachability.Reachable.class);
        assertThat(saved.builders()).singleElement().satisfies(builder -> {
            assertThat(builder.name()).isEqualTo("default");
            assertThat(builder.driver()).isEqualTo("docker");
            assertThat(registry.ofBuilder(builder.id())).contains(saved);
        });
        assertThat(events.stream(HostSaved.class)).containsExactly(new HostSaved(saved.id()));
    }

    /** The list is kept from one question to the next; what another replica writes shows all the same. */
    @Test
    void theListIsAlwaysThatOfTheDatabase() {
        var one = registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        var two = registry.register(HostFixtures.draft("two", "tcp://two:2375"));
        assertThat(registry.all()).containsExactly(one, two);
        assertThat(registry.all().getFirst())
                .as("not read anew")
                .isSameAs(registry.all().getFirst());

        jdbc.update("update host set name = 'zulu' where name = 'one'");
        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("two", "zulu");
        jdbc.update("update host set disk_taken_at = now(), disk_problem = 'not seen' where name = 'two'");
        assertThat(registry.all().getFirst().disk()).isNotNull();
        jdbc.update(
                "update builder set name = 'other' where host_id = ?", two.id().value());
        assertThat(registry.all().getFirst().builders())
                .singleElement()
                .satisfies(builder -> assertThat(builder.name()).isEqualTo("other"));
        jdbc.update(
                "insert into builder (host_id, name, driver, created_at) values (?, 'more', 'docker', now())",
                two.id().value());
        assertThat(registry.all().getFirst().builders()).hasSize(2);
        jdbc.update("delete from builder where name = 'more'");
        assertThat(registry.all().getFirst().builders()).hasSize(1);
        assertThat(registry.all())
                .allSatisfy(host -> assertThat(registry.find(host.id())).contains(host));
        jdbc.update("delete from host where name = 'zulu'");
        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("two");
    }

    @Test
    void theListWithinATransactionIsThatOfTheTransaction() {
        var one = registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        assertThat(registry.all()).containsExactly(one);

        transactions.executeWithoutResult(status -> {
            jdbc.update("update host set name = 'taken back'");
            assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("taken back");
            status.setRollbackOnly();
        });

        assertThat(registry.all()).containsExactly(one);
    }

    @Test
    void registerKeepsTlsFilesAndKind() {
        var files = TlsFiles.in(Path.of("/etc/certs"));
        var address = new HostAddress.TlsTcp("one", 2375, files);
        var saved = registry.register(new HostDraft(
                new HostConnection("kit", HostKind.BUILDKITD, address), Map.of(), Duration.ofSeconds(5), false));

        var found = registry.find(saved.id()).orElseThrow();
        assertThat(found.connection().address()).isEqualTo(address);
        assertThat(found.connection().kind()).isEqualTo(HostKind.BUILDKITD);
        assertThat(found.enabled()).isFalse();
        assertThat(found.builders())
                .singleElement()
                .satisfies(builder -> assertThat(builder.driver()).isEqualTo("remote"));
    }

    @Test
    void registerRefusesWhatDoesNotAnswerAndKeepsNothing() {
        assertRefused(
                "address",
                "Nobody listens at tcp://three:2375",
                () -> registry.register(HostFixtures.draft("three", "tcp://three:2375")));
        assertThat(registry.all()).isEmpty();
    }

    @Test
    void registerRefusesATakenNameWithoutAskingTheHost() {
        registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        int before = prober.probes();

        assertRefused(
                "name",
                "'one' is the name of another host; choose a different one",
                () -> registry.register(HostFixtures.draft("one", "tcp://two:2375")));
        assertThat(prober.probes()).isEqualTo(before);
    }

    @Test
    void registerAcceptsASecondAddressOfAnEngineAndBothAreFoundByIt() {
        prober.engineAt("tcp://alias:2375", "ENGINE-1");
        var first = registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        var second = registry.register(HostFixtures.draft("alias", "tcp://alias:2375"));

        assertThat(registry.withEngine("ENGINE-1")).containsExactly(first, second);
        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("alias", "one");
    }

    @Test
    void changeDoesNotAskAHostThatIsReachedTheSameWay() {
        var id = registry.register(HostFixtures.draft("one", "tcp://one:2375")).id();
        prober.forgetAll();

        var draft = new HostDraft(
                HostFixtures.connection("uno", "tcp://one:2375"), Map.of(), Duration.ofSeconds(30), false);
        var changed = registry.change(id, draft);

        assertThat(prober.probes()).isZero();
        assertThat(changed.name()).isEqualTo("uno");
        assertThat(changed.labels()).isEmpty();
        assertThat(changed.pollInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(changed.enabled()).isFalse();
        assertThat(changed.reachability()).isInstanceOf(Reachability.Unknown.class);
        assertThat(registry.find(id)).contains(changed);
    }

    @Test
    void whoTellsTheFreeDiskIsStored() {
        var exporter = DiskSource.parse("http://one:9100/metrics#/srv/docker", null);
        var id = registry.register(asking(exporter)).id();
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(exporter);

        var login = DiskSource.parse("ssh://ops@one:2222", Path.of("/keys/one"));
        registry.change(id, asking(login));
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(login);

        registry.change(id, asking(DiskSource.LOCAL));
        assertThat(registry.find(id).orElseThrow().connection().freeDiskFrom()).isEqualTo(DiskSource.LOCAL);
    }

    @Test
    void whatTheDiskSaidIsStoredUntilAnotherIsAsked() {
        var exporter = DiskSource.parse("http://one:9100/metrics", null);
        var other = DiskSource.parse("http://two:9100/metrics", null);
        var id = registry.register(asking(exporter)).id();
        var known = new DiskReading.Known(AT, new DiskSpace(ByteSize.parse("9GB"), ByteSize.parse("4GB")));
        assertThat(disk(id)).isNull();

        registry.recordDisk(id, exporter, known);
        assertThat(disk(id)).isEqualTo(known);

        registry.recordDisk(id, other, new DiskReading.Unknown(AT, "of another"));
        assertThat(disk(id)).isEqualTo(known);

        registry.change(id, asking(other));
        assertThat(disk(id)).isNull();
    }

    @Test
    void aProblemOfTheDiskIsKnownSinceItBegan() {
        var exporter = DiskSource.parse("http://one:9100/metrics", null);
        var id = registry.register(asking(exporter)).id();

        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT, "It is down."));
        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT.plusSeconds(60), "It is down."));
        assertThat(disk(id)).isEqualTo(new DiskReading.Unknown(AT, "It is down."));

        registry.recordDisk(id, exporter, new DiskReading.Unknown(AT.plusSeconds(90), "It is ill."));
        assertThat(disk(id)).isEqualTo(new DiskReading.Unknown(AT.plusSeconds(90), "It is ill."));
    }

    @Test
    void theDiskOfAHostThatIsGoneIsPassedOver() {
        registry.recordDisk(new HostId(99), DiskSource.LOCAL, new DiskReading.Unknown(AT, "gone"));

        assertThat(registry.all()).isEmpty();
    }

    private static final Instant AT = Instant.parse("2026-03-08T12:00:00Z");

    private @Nullable DiskReading disk(HostId id) {
        return registry.find(id).orElseThrow().disk();
    }

    private static HostDraft asking(DiskSource source) {
        var plain = HostFixtures.connection("one", "tcp://one:2375");
        return new HostDraft(
                new HostConnection("one", plain.kind(), plain.address(), source),
                Map.of(),
                Duration.ofMinutes(1),
                true);
    }

    @Test
    void changeRefusesAnAddressOfAnotherEngine() {
        var before = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertRefused(
                "address",
                "Engine ENGINE-2 responds at tcp://two:2375, but one is registered as engine ENGINE-1. If the engine"
                        + " was reinstalled, remove the host and add it again",
                () -> registry.change(before.id(), HostFixtures.draft("one", "tcp://two:2375")));
        assertThat(registry.find(before.id())).contains(before);
    }

    @Test
    void changeAcceptsAnotherAddressOfTheSameEngine() {
        prober.engineAt("tcp://alias:2375", "ENGINE-1");
        var before = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        var changed = registry.change(before.id(), HostFixtures.draft("one", "tcp://alias:2375"));

        assertThat(changed.connection().address().text()).isEqualTo("tcp://alias:2375");
        assertThat(changed.builders()).isEqualTo(before.builders());
    }

    @Test
    void changeRefusesATakenNameAndAnUnknownHost() {
        registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        var two = registry.register(HostFixtures.draft("two", "tcp://two:2375"));

        assertRefused(
                "name",
                "'one' is the name of another host; choose a different one",
                () -> registry.change(two.id(), HostFixtures.draft("one", "tcp://two:2375")));
        assertThatThrownBy(() -> registry.change(new HostId(99), HostFixtures.draft("x", "tcp://two:2375")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no host 99");
    }

    @Test
    void recordProbeRefusesAnotherEngine() {
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThatThrownBy(() -> registry.recordProbe(host.id(), HostFixtures.engine("ENGINE-2")))
                .isInstanceOf(ConflictException.class)
                .hasMessageStartingWith(
                        "Engine ENGINE-2 responds at tcp://one:2375, but one is registered as engine ENGINE-1");
    }

    @Test
    void reachabilityKeepsItsBeginningWhileItLasts() {
        var id = registry.register(HostFixtures.draft("one", "tcp://one:2375")).id();
        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));
        var since = reachability(id).since();
        long version = version();

        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));
        assertThat(version()).as("nothing was written").isEqualTo(version);

        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens"));
        assertThat(reachability(id))
                .isEqualTo(new Reachability.Unreachable(
                        since, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens")));

        registry.recordReachable(id);
        assertThat(reachability(id)).isInstanceOf(Reachability.Reachable.class);
        version = version();
        registry.recordReachable(id);
        assertThat(version()).isEqualTo(version);
    }

    @Test
    void beginningAndEndOfAnOutageArePublishedOnce() {
        var id = registry.register(HostFixtures.draft("one", "tcp://one:2375")).id();
        var problem = new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s");

        registry.recordReachable(id);
        registry.recordUnreachable(id, problem);
        var since = reachability(id).since();
        registry.recordUnreachable(id, new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens"));
        registry.recordReachable(id);
        registry.recordReachable(id);

        assertThat(committed.unreachable).containsExactly(new HostBecameUnreachable(id, problem, since));
        assertThat(committed.recovered)
                .containsExactly(new HostRecovered(id, since, reachability(id).since()));
    }

    /** Listens as other parts of the service do. */
    static class Committed {

        final List<HostBecameUnreachable> unreachable = new CopyOnWriteArrayList<>();
        final List<HostRecovered> recovered = new CopyOnWriteArrayList<>();

        @TransactionalEventListener
        void on(HostBecameUnreachable event) {
            unreachable.add(event);
        }

        @TransactionalEventListener
        void on(HostRecovered event) {
            recovered.add(event);
        }
    }

    @Test
    void removeTakesBuildersAlong() {
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        registry.remove(host.id());

        assertThat(registry.all()).isEmpty();
        assertThat(registry.ofBuilder(host.builders().getFirst().id())).isEmpty();
        assertThatThrownBy(() -> registry.remove(host.id())).isInstanceOf(NotFoundException.class);
        // A poll may end after its host is gone.
        registry.recordReachable(host.id());
        registry.recordUnreachable(host.id(), new HostProblem(HostProblem.Cause.TIMEOUT, "late"));
    }

    @Test
    void removeBeginsAgainWhereItAndAnotherWaitForEachOther() {
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));
        long builder = host.builders().getFirst().id().value();
        database.jdbc().update("insert into external_prune_watch (builder_id, until) values (?, now())", builder);

        var removal = Objects.requireNonNull(transactions.execute(status -> {
            // Whoever looks into a standoff first is the one to give way: this one is not to.
            jdbc.execute("set local deadlock_timeout = '1h'");
            jdbc.update("update external_prune_watch set until = now() where builder_id = ?", builder);
            var removing = CompletableFuture.runAsync(() -> registry.remove(host.id()));
            await().until(() -> waiting() == 1);
            jdbc.queryForList("select id from builder where id = ? for key share", builder);
            return removing;
        }));

        assertThat(removal).succeedsWithin(Duration.ofMinutes(1));
        assertThat(registry.all()).isEmpty();
    }

    private int waiting() {
        return Objects.requireNonNull(database.jdbc().queryForObject("""
                        select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event_type = 'Lock'""", Integer.class));
    }

    @Test
    void timesAreInstantsWhateverTheSessionsZone() {
        var before = Instant.now();
        var host = registry.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThat(reachability(host.id()).since())
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        assertThat(host.capabilities())
                .isNotNull()
                .satisfies(c -> assertThat(c.probedAt()).isEqualTo(HostFixtures.PROBED_AT));
    }

    private Reachability reachability(HostId id) {
        return registry.find(id).orElseThrow().reachability();
    }

    private static long version() {
        var version = database.jdbc().queryForObject("select version from host", Long.class);
        assertThat(version).isNotNull();
        return version;
    }

    private static void assertRefused(String field, String reason, Runnable attempt) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(attempt::run)
                .satisfies(e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.reason()).isEqualTo(reason);
                }));
    }
}
