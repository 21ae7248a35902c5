package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import dev.cachewarden.testing.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Names that two requests give at the same moment, and names from before they were unique without case. */
@DataJpaTest(showSql = false)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({HostBook.class, KnownHosts.class, ProbingHostRegistry.class, FileHosts.class, FakeProber.class})
class HostNameTests {

    static final TestDatabase database = TestDatabase.create();

    @Autowired
    ProbingHostRegistry registry;

    @Autowired
    FakeProber prober;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        database.registerWith(properties);
    }

    @BeforeEach
    void threeEngines() {
        database.clear();
        prober.forgetAll();
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        prober.engineAt("tcp://two:2375", "ENGINE-2");
        prober.engineAt("tcp://three:2375", "ENGINE-2");
    }

    @AfterEach
    void probeUndisturbed() {
        prober.whileProbing = () -> {};
    }

    @ParameterizedTest
    @CsvSource({"ci-1, ci-1", "ci-1, CI-1", "straße, STRASSE", "ﬁle, FILE"})
    void theSecondOfTwoRequestsIsRefused(String slow, String fast) {
        prober.whileProbing = () -> registry.register(HostFixtures.draft(fast, "tcp://two:2375"));

        assertThatThrownBy(() -> registry.register(HostFixtures.draft(slow, "tcp://one:2375")))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Another request gave the name '" + slow
                        + "' to a host at the same moment. Nothing was saved. Choose a different name.");

        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly(fast);
    }

    @Test
    void rejectsANameThatWasTakenConcurrently() {
        var host = registry.register(HostFixtures.draft("old", "tcp://two:2375"));
        prober.whileProbing = () -> registry.register(HostFixtures.draft("New", "tcp://one:2375"));

        assertThatThrownBy(() -> registry.change(host.id(), HostFixtures.draft("new", "tcp://three:2375")))
                .isInstanceOf(ConflictException.class);

        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("New", "old");
    }

    @Test
    void aNameIsFreeAgainOnceItsHostIsRenamedOrRemoved() {
        var host = registry.register(HostFixtures.draft("ci-1", "tcp://one:2375"));
        registry.change(host.id(), HostFixtures.draft("CI-1", "tcp://one:2375"));
        registry.change(host.id(), HostFixtures.draft("other", "tcp://one:2375"));
        registry.register(HostFixtures.draft("ci-1", "tcp://two:2375"));
        registry.remove(host.id());
        registry.register(HostFixtures.draft("Other", "tcp://one:2375"));

        assertThat(registry.all()).extracting(WatchedHost::name).containsExactly("Other", "ci-1");
    }

    @Test
    void aHostWithoutAKeyKeepsItsNameAndCanBeChanged() {
        registry.register(HostFixtures.draft("E28", "tcp://one:2375"));
        database.jdbc().update("""
                insert into host (name, kind, address, poll_interval_seconds, created_at, reachability_since, engine_id)
                values ('e28', 'DOCKER_ENGINE', 'tcp://two:2375', 60, now(), now(), 'ENGINE-2')""");
        var id = new HostId(Objects.requireNonNull(
                database.jdbc().queryForObject("select id from host where name = 'e28'", Long.class)));

        registry.change(id, HostFixtures.draft("e28", "tcp://three:2375"));
        registry.change(id, HostFixtures.draft("e29", "tcp://three:2375"));

        assertThatThrownBy(() -> registry.register(HostFixtures.draft("E29", "tcp://two:2375")))
                .hasMessageContaining("'E29' is the name of another host");
    }
}
