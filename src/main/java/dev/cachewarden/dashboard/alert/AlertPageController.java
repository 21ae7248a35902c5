package dev.cachewarden.dashboard.alert;

import dev.cachewarden.alert.Alert;
import dev.cachewarden.alert.AlertState;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.store.Alerts;
import dev.cachewarden.alert.store.Silences;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of all alerts, with the silences and the quiet hours. */
@Controller
class AlertPageController {

    private static final int PAGE = 100;

    private final Alerts alerts;
    private final Silences silences;

    AlertPageController(Alerts alerts, Silences silences) {
        this.alerts = alerts;
        this.silences = silences;
    }

    @GetMapping("/alerts")
    String list(
            @RequestParam(defaultValue = "FIRING") AlertView view,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        return page(view, after, Map.of(), Map.of(), model);
    }

    private String page(
            AlertView view,
            @Nullable String after,
            Map<String, String> input,
            Map<String, String> problems,
            Model model) {
        var byView = new EnumMap<AlertView, List<Alert>>(AlertView.class);
        var current = alerts.current();
        for (var each : AlertView.values()) {
            byView.put(
                    each,
                    current.stream()
                            .filter(alert -> AlertView.of(alert) == each)
                            .toList());
        }
        var history = view == AlertView.HISTORY
                ? alerts.list(new Alerts.Filter(List.of(AlertState.RESOLVED), null, null), after, PAGE)
                : null;
        model.addAttribute("view", view);
        model.addAttribute("views", AlertView.values());
        model.addAttribute("byView", byView);
        model.addAttribute("alerts", history == null ? byView.getOrDefault(view, List.of()) : history.items());
        model.addAttribute("next", history == null ? null : history.next());
        model.addAttribute("evaluatedAt", alerts.evaluatedAt());
        model.addAttribute("silences", silences.open());
        model.addAttribute("rules", RuleId.values());
        model.addAttribute("quiet", alerts.quietHours());
        model.addAttribute("input", input);
        model.addAttribute("problems", problems);
        return "dashboard/alerts";
    }

    @PostMapping("/alerts/{id}/acknowledge")
    String acknowledge(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        try {
            var alert = alerts.acknowledge(id, Caller.of(request).name());
            AuditDetail.set(request, alert.title());
            after.addFlashAttribute(
                    "notice", "'" + alert.title() + "' is acknowledged. It stays muted until it is resolved.");
        } catch (NotFoundException | ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/alerts";
    }

    @PostMapping("/alerts/silences")
    String silence(
            @RequestParam(defaultValue = "") String rule,
            @RequestParam(defaultValue = "") String scope,
            @RequestParam(defaultValue = "") String duration,
            @RequestParam(defaultValue = "") String reason,
            HttpServletRequest request,
            RedirectAttributes after,
            HttpServletResponse response,
            Model model) {
        try {
            var silence = silences.add(
                    new Silences.Input(rule, scope, null, null, duration, reason),
                    Caller.of(request).name());
            AuditDetail.set(request, silence.reason());
            after.addFlashAttribute("notice", "The silence is added.");
            return "redirect:/alerts";
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            var input = Map.of("rule", rule, "scope", scope, "duration", duration, "reason", reason);
            return page(AlertView.FIRING, null, input, problems(e), model);
        }
    }

    @PostMapping("/alerts/silences/{id}/remove")
    String endSilence(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        try {
            AuditDetail.set(request, silences.end(id).reason());
            after.addFlashAttribute("notice", "The silence is ended.");
        } catch (NotFoundException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/alerts";
    }

    @PostMapping("/alerts/quiet-hours")
    String quietHours(
            @RequestParam(defaultValue = "") String window,
            @RequestParam(defaultValue = "") String timeZone,
            HttpServletRequest request,
            RedirectAttributes after,
            HttpServletResponse response,
            Model model) {
        try {
            var hours = alerts.changeQuietHours(window, timeZone);
            AuditDetail.set(request, hours.window() == null ? "None" : hours.window() + " " + hours.timeZone());
            after.addFlashAttribute("notice", "The quiet hours are saved.");
            return "redirect:/alerts";
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            var input = Map.of("window", window, "timeZone", timeZone);
            return page(AlertView.FIRING, null, input, problems(e), model);
        }
    }

    /** Returns the problems by field. An end that is missing belongs to the duration, which is the only field of the form. */
    static Map<String, String> problems(InvalidInputException e) {
        var problems = new HashMap<String, String>();
        e.problems()
                .forEach(problem -> problems.put(
                        problem.field().equals("endsAt") ? "duration" : problem.field(), problem.reason()));
        return problems;
    }
}
