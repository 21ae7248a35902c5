package dev.cachewarden.history;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuildCacheReader;
import dev.cachewarden.engine.CacheReading;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import dev.cachewarden.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hosts and their history put together by Spring as in the service; only the engines are played. */
@SpringBootTest(
        webEnvironment = WebEnvironment.NONE,
        classes = WatchingTests.Beans.class,
        properties = "cachewarden.host.find-local-engine=false")
@DirtiesContext // It polls; not on behind the backs of other tests.
@Timeout(300)
class WatchingTests {

    private static final CacheRecord RECORD = aRecord("aaa").build();

    static final TestDatabase database = TestDatabase.create();

    @Autowired
    HostRegistry hosts;

    @Autowired
    UsageHistory history;

    @Autowired
    FakeProber prober;

    @Autowired
    Beans beans;

    @Autowired
    ConfigurableApplicationContext context;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        database.registerWith(properties);
    }

    @BeforeEach
    void startEngine() {
        prober.engineAt("tcp://one:2375", "ENGINE-1");
    }

    @Test
    void hostThatIsRegisteredIsReadAtOnceAndAgainAfterARestart() throws Exception {
        var host = hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        var builder = host.builders().getFirst().id();

        var first = beans.samples.poll(2, TimeUnit.MINUTES);
        assertThat(first).isNotNull().satisfies(event -> {
            assertThat(event.host()).isEqualTo(host.id());
            assertThat(event.builder()).isEqualTo(builder);
            assertThat(event.changed()).isTrue();
        });
        assertThat(history.snapshot(builder))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.records()).containsExactly(RECORD));
        var query = RecordFilter.parse("").toQuery(name -> Optional.empty(), Sort.SIZE, true);
        assertThat(history.records(query, null, 10).items()).hasSize(1);
        assertThat(history.sum(query).total().records()).isEqualTo(1);
        history.markPruned(builder, 1, List.of("aaa"), first.takenAt());

        // As the test framework, or an operator's tool, pauses a context.
        context.stop();
        context.start();
        hosts.change(host.id(), HostFixtures.draft("uno", "tcp://one:2375"));
        assertThat(beans.samples.poll(2, TimeUnit.MINUTES)).isNotNull();
    }

    // Not a @Configuration, or component scans of other tests would find it.
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackages = "dev.cachewarden")
    @ComponentScan({
        "dev.cachewarden.host.registry",
        "dev.cachewarden.history.store",
        "dev.cachewarden.history.poll",
        "dev.cachewarden.repeat"
    })
    static class Beans {

        final LinkedBlockingQueue<UsageSampled> samples = new LinkedBlockingQueue<>();

        @TransactionalEventListener
        void on(UsageSampled event) {
            samples.add(event);
        }

        @Bean
        Clock clock() {
            return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
        }

        @Bean
        FakeProber prober() {
            return new FakeProber();
        }

        @Bean
        BuildCacheReader reader(Clock clock) {
            return (connection, capabilities) ->
                    new CacheReading(clock.instant(), Duration.ofMillis(5), List.of(RECORD));
        }
    }
}
