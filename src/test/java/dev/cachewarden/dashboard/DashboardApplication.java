package dev.cachewarden.dashboard;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.forecast.FakeForecasts;
import dev.cachewarden.history.BuildRhythms;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.preview.PruneForecasts;
import dev.cachewarden.plan.preview.Replays;
import dev.cachewarden.testing.SettableClock;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The pages and what guards them, over made-up hosts. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EntityScan("dev.cachewarden.access")
@EnableJpaRepositories("dev.cachewarden.access")
@ComponentScan(
        basePackages = {
            "dev.cachewarden.access",
            "dev.cachewarden.alert.store",
            "dev.cachewarden.rest",
            "dev.cachewarden.build.store",
            "dev.cachewarden.build.steps",
            "dev.cachewarden.analytics",
            "dev.cachewarden.dashboard",
            "dev.cachewarden.policy",
            "dev.cachewarden.notify.sending",
            "dev.cachewarden.notify.store",
            "dev.cachewarden.plan.preview",
            "dev.cachewarden.run.web"
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            // Policies, plans, and runs are made up here. Only what is derived from them is real.
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = {
                        "dev[.]cachewarden[.]alert[.]store[.](?!Alerts|AlertRows|AlertRules|EvaluationRow|Silences).*",
                        "dev[.]cachewarden[.]analytics[.]web[.].*",
                        "dev[.]cachewarden[.]notify[.]store[.]OutboxLoop",
                        "dev[.]cachewarden[.]policy[.]\\w+[.].*",
                        "dev[.]cachewarden[.]plan[.]preview[.](?!CacheMounts|KeptMounts).*",
                        "dev[.]cachewarden[.]run[.]web[.](?!Mount|RunEvents|RunProgress).*"
                    })
        })
@EnableConfigurationProperties(BuildSettings.class)
@TestComponent
class DashboardApplication {

    @Bean
    static SettableClock clock() {
        return new SettableClock(Fleets.NOW.toString());
    }

    @Bean
    static FakeProber prober() {
        return new FakeProber();
    }

    @Bean
    static FakeHosts hosts(FakeProber prober) {
        return new FakeHosts(prober, Fleets.NOW);
    }

    /** No page of these tests shows a conflict. */
    @Bean
    static EngineConflicts conflicts() {
        return new EngineConflicts() {
            @Override
            public Set<HostId> others(String engineId, HostId host) {
                return Set.of();
            }

            @Override
            public Optional<String> open(String engineId) {
                return Optional.empty();
            }

            @Override
            public void report(String engineId, Set<HostId> hosts, String evidence) {}

            @Override
            public void confirmSame(HostId host, String by) {}
        };
    }

    @Bean
    static FakeHistory history(FakeHosts hosts, SettableClock clock) {
        return new FakeHistory(hosts, clock);
    }

    /** Fingerprints as of the store, by which what is kept in memory is found. */
    @Bean
    static LastReadings lastReadings(FakeHistory history) {
        return () -> history.latest().values().stream()
                .collect(Collectors.toMap(
                        UsageSample::builder,
                        sample -> new LastReadings.Reading(sample.takenAt(), history.fingerprint(sample.builder()))));
    }

    @Bean
    static FakeDelays delays() {
        return new FakeDelays();
    }

    @Bean
    static FakeLocalEngine localEngine() {
        return new FakeLocalEngine();
    }

    @Bean
    static PruneForecasts forecasts(
            FakePolicies policies, RebuildTimes rebuildTimes, FakePins pins, SettableClock clock) {
        return new PruneForecasts(policies, rebuildTimes, pins, clock);
    }

    @Bean
    static Replays replays(
            FakePolicies policies,
            FakeHosts hosts,
            FakeHistory history,
            RebuildTimes rebuildTimes,
            FakePins pins,
            SettableClock clock) {
        return new Replays(policies, hosts, history, rebuildTimes, pins, clock);
    }

    @Bean
    static FakeForecasts diskForecasts() {
        return new FakeForecasts();
    }

    @Bean
    static FakePins pins(FakePolicies policies) {
        return new FakePins(policies);
    }

    @Bean
    static FakePolicies policies() {
        return new FakePolicies();
    }

    @Bean
    static FakeDrafts drafts(FakePolicies policies) {
        return new FakeDrafts(policies);
    }

    @Bean
    static BuildRhythms rhythms() {
        return (builder, since) -> Optional.empty();
    }

    @Bean
    static FakeConfiguration configuration() {
        return new FakeConfiguration();
    }

    @Bean
    static FakePreviews previews() {
        return new FakePreviews();
    }

    @Bean
    static FakePlans plans() {
        return new FakePlans();
    }

    @Bean
    static FakeRuns runs() {
        return new FakeRuns();
    }

    @Bean
    static FakeExternalPrunes externals() {
        return new FakeExternalPrunes();
    }

    @Bean
    static FakeSampler sampler(FakeHosts hosts, FakeHistory history) {
        return new FakeSampler(hosts, history);
    }

    @Bean
    static Fleets fleets(FakeHosts hosts, FakeHistory history) {
        return new Fleets(hosts, history);
    }
}
