package dev.cachewarden.dashboard;

import dev.cachewarden.access.ApiToken;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class TokenPageController {

    private static final long LONGEST_DAYS = 3_650;

    private final ApiTokens tokens;
    private final AuditTrail trail;
    private final InstantSource clock;

    TokenPageController(ApiTokens tokens, AuditTrail trail, InstantSource clock) {
        this.tokens = tokens;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * A token in the list.
     *
     * @param scopes current scopes, which can be fewer than the token was created with
     */
    record Row(ApiToken token, State state, List<Scope> scopes) {

        /** Returns whether requests with this token are accepted. */
        public boolean valid() {
            return state == State.VALID;
        }

        /** Returns whether there is something to revoke. */
        public boolean revocable() {
            return state == State.VALID || state == State.NO_PERMISSIONS;
        }
    }

    /** The state of a token in the list. */
    enum State {
        VALID("Valid"),
        /** It is valid, but the current role of its owner permits no scope of it. */
        NO_PERMISSIONS("No permissions"),
        EXPIRED("Expired"),
        REVOKED("Revoked");

        private final String label;

        State(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    @GetMapping("/settings/tokens")
    String page(Model model) {
        model.addAttribute("errors", Map.of());
        return show(model, "", List.of("read"), "90");
    }

    /** Creates a token. The response is a page and not a redirect, because the secret must not appear anywhere else. */
    @PostMapping("/settings/tokens")
    String issue(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(required = false) @Nullable List<String> scopes,
            @RequestParam(defaultValue = "") String days,
            Principal person,
            Model model,
            HttpServletResponse response) {
        var words = scopes == null ? List.<String>of() : scopes;
        try {
            var issued = tokens.issue(name, read(words), expiry(days), person.getName());
            trail.record(
                    "token.create",
                    issued.token().name() + " (" + issued.token().prefix() + ")",
                    "scopes " + String.join(", ", words));
            model.addAttribute("issued", issued);
            model.addAttribute("errors", Map.of());
            return show(model, "", List.of("read"), "90");
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "errors",
                    e.problems().stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::reason)));
            return show(model, name, words, days);
        }
    }

    @PostMapping("/settings/tokens/{id}/revoke")
    String revoke(@PathVariable long id, RedirectAttributes after) {
        var token = tokens.revoke(id);
        trail.record("token.revoke", token.name() + " (" + token.prefix() + ")", null);
        after.addFlashAttribute("notice", "Token '" + token.name() + "' is revoked.");
        return "redirect:/settings/tokens";
    }

    private static Set<Scope> read(List<String> words) {
        try {
            return words.stream().map(Scope::ofWord).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("scopes", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Instant expiry(String days) {
        if (days.isBlank()) {
            return null;
        }
        try {
            long count = Long.parseLong(days.strip());
            if (count >= 1 && count <= LONGEST_DAYS) {
                return clock.instant().plus(Duration.ofDays(count));
            }
        } catch (NumberFormatException e) {
            throw refusal(days);
        }
        throw refusal(days);
    }

    private static InvalidInputException refusal(String days) {
        return new InvalidInputException(
                "days", "must be a whole number from 1 to " + LONGEST_DAYS + ", not '" + days + "'");
    }

    private String show(Model model, String name, List<String> scopes, String days) {
        var now = clock.instant();
        model.addAttribute(
                "rows", tokens.all().stream().map(token -> row(token, now)).toList());
        model.addAttribute("allScopes", Scope.values());
        model.addAttribute("name", name);
        model.addAttribute("scopes", scopes);
        model.addAttribute("days", days);
        return "dashboard/tokens";
    }

    private Row row(ApiToken token, Instant now) {
        var scopes = tokens.scopesNow(token);
        if (token.validAt(now)) {
            return new Row(token, scopes.isEmpty() ? State.NO_PERMISSIONS : State.VALID, scopes);
        }
        return new Row(token, token.revokedAt() == null ? State.EXPIRED : State.REVOKED, token.scopes());
    }
}
