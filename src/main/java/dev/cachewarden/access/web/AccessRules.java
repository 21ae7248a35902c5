package dev.cachewarden.access.web;

import static dev.cachewarden.access.web.Need.ADMIN;
import static dev.cachewarden.access.web.Need.IMPOSSIBLE;
import static dev.cachewarden.access.web.Need.INGEST;
import static dev.cachewarden.access.web.Need.NOTHING;
import static dev.cachewarden.access.web.Need.PERSON;
import static dev.cachewarden.access.web.Need.PERSON_ADMIN;
import static dev.cachewarden.access.web.Need.PREVIEW;
import static dev.cachewarden.access.web.Need.PRUNE;
import static dev.cachewarden.access.web.Need.READ;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The rights that each request needs, all in one place. The first matching line applies. A request that matches no line is always denied.
 */
final class AccessRules {

    private static final List<Rule> RULES = List.of(
            // Required for the sign-in.
            get("/login", NOTHING),
            // Accessible only by a forward.
            any("/login/form", NOTHING),
            get("/css/**", NOTHING),
            get("/js/**", NOTHING),
            get("/icons/**", NOTHING),
            get("/webjars/**", NOTHING),
            get("/favicon.ico", NOTHING),
            // CI jobs download these files; they contain no secret.
            get("/scripts/**", NOTHING),
            any("/error", NOTHING),
            // For monitoring.
            get("/actuator/health/**", NOTHING),
            get("/actuator/prometheus", READ),
            // The user's own settings, and the settings of all users.
            any("/settings/password", PERSON),
            any("/settings/**", PERSON_ADMIN),
            get("/audit", ADMIN),
            // Pages.
            get("/hosts/new", ADMIN),
            get("/hosts/*/edit", ADMIN),
            get("/hosts/*/delete", ADMIN),
            get("/policies/new", ADMIN),
            get("/policies/*/edit", ADMIN),
            get("/policies/*/delete", ADMIN),
            get("/builds/*/delete", ADMIN),
            get("/project/rules", ADMIN),
            get("/", READ),
            get("/hosts/**", READ),
            get("/records/**", READ),
            get("/mounts", READ),
            get("/mounts/hosts", READ),
            get("/policies/**", READ),
            get("/pins", READ),
            get("/plans/**", READ),
            get("/runs/**", READ),
            get("/builds/**", READ),
            get("/alerts/rules/*", ADMIN),
            get("/alerts/**", READ),
            get("/analytics", READ),
            get("/project", READ),
            get("/step", READ),
            get("/api", READ),
            // Forms.
            post("/hosts/*/read", PREVIEW),
            post("/hosts/**", ADMIN),
            post("/policies/*/preview", PREVIEW),
            post("/policies/*/draft/preview", PREVIEW),
            post("/policies/preview", PREVIEW),
            post("/policies/*/run", PRUNE),
            post("/policies/**", ADMIN),
            post("/builds/*/delete", ADMIN),
            post("/project/**", ADMIN),
            post("/pins", PRUNE),
            post("/pins/**", ADMIN),
            post("/plans", PREVIEW),
            post("/plans/**", PRUNE),
            post("/runs/**", PRUNE),
            post("/alerts/*/acknowledge", PRUNE),
            post("/alerts/silences", PRUNE),
            post("/alerts/silences/**", PRUNE),
            post("/alerts/**", ADMIN),
            // REST.
            any("/api/v1/tokens/**", ADMIN),
            any("/api/v1/audit/**", ADMIN),
            any("/api/v1/users/**", ADMIN),
            any("/api/v1/channels/**", ADMIN),
            get("/api/v1/**", READ),
            get("/v3/api-docs/**", READ),
            post("/api/v1/config/check", PREVIEW),
            any("/api/v1/config/**", ADMIN),
            post("/api/v1/hosts/*/sample", PREVIEW),
            any("/api/v1/hosts/**", ADMIN),
            post("/api/v1/policies/preview", PREVIEW),
            post("/api/v1/policies/*/plan", PREVIEW),
            post("/api/v1/policies/*/draft/plan", PREVIEW),
            post("/api/v1/policies/*/run", PRUNE),
            any("/api/v1/policies/**", ADMIN),
            post("/api/v1/pins", PRUNE),
            any("/api/v1/pins/**", ADMIN),
            post("/api/v1/plans", PREVIEW),
            any("/api/v1/plans/**", PRUNE),
            any("/api/v1/runs/**", PRUNE),
            post("/api/v1/alerts/**", PRUNE),
            any("/api/v1/silences/**", PRUNE),
            any("/api/v1/alert-rules/**", ADMIN),
            any("/api/v1/quiet-hours", ADMIN),
            any("/api/v1/project/**", ADMIN),
            post("/api/v1/builds/**", INGEST),
            any("/api/v1/builds/*", ADMIN));

    private AccessRules() {}

    static Need need(HttpServletRequest request) {
        return RULES.stream()
                .filter(rule -> rule.matches(request))
                .map(Rule::need)
                .findFirst()
                .orElse(IMPOSSIBLE);
    }

    private record Rule(List<PathPatternRequestMatcher> matchers, Need need) {
        boolean matches(HttpServletRequest request) {
            return matchers.stream().anyMatch(matcher -> matcher.matches(request));
        }
    }

    private static Rule any(String pattern, Need need) {
        return new Rule(List.of(PathPatternRequestMatcher.pathPattern(pattern)), need);
    }

    private static Rule get(String pattern, Need need) {
        // HEAD needs the same rights as GET, because it returns a part of the same response.
        return new Rule(
                List.of(
                        PathPatternRequestMatcher.pathPattern(HttpMethod.GET, pattern),
                        PathPatternRequestMatcher.pathPattern(HttpMethod.HEAD, pattern)),
                need);
    }

    private static Rule post(String pattern, Need need) {
        return new Rule(List.of(PathPatternRequestMatcher.pathPattern(HttpMethod.POST, pattern)), need);
    }
}
