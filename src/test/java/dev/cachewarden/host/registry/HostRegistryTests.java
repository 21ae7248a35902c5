package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostSaved;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.HostFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Hosts that are registered, changed, and removed. */
class HostRegistryTests extends HostRegistryStage {

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
                .as("cached")
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

    private static void assertRefused(String field, String reason, Runnable attempt) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(attempt::run)
                .satisfies(e -> assertThat(e.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.field()).isEqualTo(field);
                    assertThat(problem.reason()).isEqualTo(reason);
                }));
    }
}
