package dev.cachewarden.dashboard;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.LoginSessions;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PasswordController {

    private final Accounts accounts;
    private final LoginSessions sessions;
    private final AuditTrail trail;

    PasswordController(Accounts accounts, LoginSessions sessions, AuditTrail trail) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.trail = trail;
    }

    @GetMapping("/settings/password")
    String page(Model model) {
        model.addAttribute("errors", Map.of());
        return "dashboard/password";
    }

    @PostMapping("/settings/password")
    String change(
            @RequestParam(defaultValue = "") String current,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String again,
            Principal person,
            HttpServletRequest request,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            if (!password.equals(again)) {
                throw new InvalidInputException("again", "does not match the new password");
            }
            accounts.changePassword(person.getName(), current, password);
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "errors",
                    e.problems().stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::reason)));
            return "dashboard/password";
        }
        // This session continues. Other sessions end, because they started with the old password.
        if (request.getAttribute(LoginSessions.SECRET) instanceof String session) {
            sessions.renew(session);
        }
        trail.record("password.change", person.getName(), null);
        after.addFlashAttribute("notice", "Password changed. Your sessions in other browsers have ended.");
        return "redirect:/settings/password";
    }
}
