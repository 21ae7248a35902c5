package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import dev.cachewarden.testing.TestDatabase;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Two hosts with one engine ID in a real database. */
@DataJpaTest(showSql = false)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({HostBook.class, KnownHosts.class, ProbingHostRegistry.class, StoredEngineConflicts.class, FakeProber.class})
class StoredEngineConflictsTests {

    static final TestDatabase database = TestDatabase.create();

    private static final String ENGINE = "ENGINE-TWICE";

    @Autowired
    ProbingHostRegistry registry;

    @Autowired
    StoredEngineConflicts conflicts;

    @Autowired
    FakeProber prober;

    private HostId one;
    private HostId two;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        database.registerWith(properties);
    }

    @BeforeEach
    void startWithTwoHostsOfOneEngine() {
        database.clear();
        one = add("one");
        two = add("two");
    }

    private HostId add(String name) {
        prober.engineAt("tcp://" + name + ":2375", ENGINE);
        return registry.register(HostFixtures.draft(name, "tcp://" + name + ":2375"))
                .id();
    }

    @Test
    void knowsTheOtherHostsOfAnEngine() {
        assertThat(conflicts.others(ENGINE, one)).containsExactly(two);
        assertThat(conflicts.others("ENGINE-OTHER", one)).isEmpty();
    }

    @Test
    void staysOpenUntilAPersonConfirms() {
        assertThat(conflicts.open(ENGINE)).isEmpty();

        conflicts.report(ENGINE, Set.of(one, two), "They differ");
        assertThat(conflicts.open(ENGINE)).contains("They differ");

        conflicts.confirmSame(two, "ann");
        assertThat(conflicts.open(ENGINE)).isEmpty();
        conflicts.report(ENGINE, Set.of(one, two), "They differ again");
        assertThat(conflicts.open(ENGINE)).as("already confirmed").isEmpty();
    }

    @Test
    void aThirdHostIsNotConfirmed() {
        conflicts.report(ENGINE, Set.of(one, two), "They differ");
        conflicts.confirmSame(one, "ann");
        var three = add("three");

        conflicts.report(ENGINE, Set.of(one, two, three), "The third differs");

        assertThat(conflicts.open(ENGINE)).contains("The third differs");
    }

    @Test
    void endsWhenOneHostIsLeft() {
        conflicts.report(ENGINE, Set.of(one, two), "They differ");

        registry.remove(two);

        assertThat(conflicts.open(ENGINE)).isEmpty();
        assertThat(conflicts.others(ENGINE, one)).isEmpty();
    }

    @Test
    void onlyAnOpenConflictCanBeConfirmed() {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> conflicts.confirmSame(one, "ann"))
                .withMessage("Host one has no open conflict about its engine ID.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> conflicts.confirmSame(new HostId(999), "ann"));
    }
}
