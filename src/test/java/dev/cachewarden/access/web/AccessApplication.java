package dev.cachewarden.access.web;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.testing.BareFrame;
import dev.cachewarden.testing.SettableClock;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.function.BooleanSupplier;
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
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The rules of access with something to guard, and without the pages. */
@SpringBootConfiguration
@EnableAutoConfiguration
@EntityScan("dev.cachewarden.access")
@EnableJpaRepositories("dev.cachewarden.access")
@ComponentScan(
        basePackages = {"dev.cachewarden.access", "dev.cachewarden.rest"},
        excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = TypeExcludeFilter.class))
@Import(AccessApplication.Guarded.class)
@TestComponent
class AccessApplication {

    @Bean
    static SettableClock clock() {
        return new SettableClock("2026-03-01T12:00:00Z");
    }

    @Bean
    static BareFrame shell() {
        return new BareFrame();
    }

    static BooleanSupplier stillKnown = () -> false;

    @RestController
    @TestComponent
    static class Guarded {

        @GetMapping(path = "/login", produces = "text/html")
        String login(CsrfToken csrf) {
            return "<input type=\"hidden\" name=\"_csrf\" value=\"" + csrf.getToken() + "\">";
        }

        @GetMapping({"/", "/api/v1/hosts", "/api/v1/unlisted/thing"})
        Map<String, String> see(Principal caller) {
            return Map.of("seenBy", caller.getName());
        }

        /** Asks again later whether who asks is still known, as a long answer does. */
        @GetMapping("/api/v1/runs/long")
        Map<String, String> listen(HttpServletRequest request) {
            stillKnown = Caller.stillKnown(request);
            return Map.of();
        }

        @PostMapping({"/api/v1/hosts", "/api/v1/runs", "/api/v1/unlisted"})
        Map<String, String> change() {
            return Map.of("done", "yes");
        }

        @RequestMapping("/unlisted")
        String unlisted() {
            return "nobody guards me";
        }
    }
}
