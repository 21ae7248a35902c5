package dev.cachewarden.host.registry;

import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostBecameUnreachable;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRecovered;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
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

/** Hosts in a real database. {@link FakeProber} simulates the network. */
@DataJpaTest(showSql = false)
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    HostBook.class,
    KnownHosts.class,
    ProbingHostRegistry.class,
    FakeProber.class,
    HostRegistryStage.Committed.class
})
@RecordApplicationEvents
abstract class HostRegistryStage {

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

    @Nullable
    DiskReading disk(HostId id) {
        return registry.find(id).orElseThrow().disk();
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

    Reachability reachability(HostId id) {
        return registry.find(id).orElseThrow().reachability();
    }
}
