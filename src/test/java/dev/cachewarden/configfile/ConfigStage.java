package dev.cachewarden.configfile;

import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.SettableClock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** The configuration file, and hosts, policies, and pins as they are stored, without anything that polls or prunes them. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EntityScan({"dev.cachewarden.host.registry", "dev.cachewarden.policy.store"})
@EnableJpaRepositories({"dev.cachewarden.host.registry", "dev.cachewarden.policy.store"})
@ComponentScan(
        basePackages = {
            "dev.cachewarden.alert.store",
            "dev.cachewarden.host.registry",
            "dev.cachewarden.policy.store",
            "dev.cachewarden.configfile",
            "dev.cachewarden.notify.store",
            "dev.cachewarden.notify.sending",
            "dev.cachewarden.repeat",
            "dev.cachewarden.rest"
        },
        excludeFilters = {
            @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class),
            @ComponentScan.Filter(
                    type = FilterType.REGEX,
                    pattern = "dev[.]cachewarden[.]alert[.]store[.](?!AlertRules).*")
        })
@Import(AuditTrail.class)
@TestComponent
public class ConfigStage {

    @Bean
    static SettableClock clock() {
        return new SettableClock("2026-09-01T12:00:00Z");
    }

    @Bean
    static FakeProber prober() {
        return new FakeProber();
    }
}
