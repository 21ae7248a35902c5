package dev.cachewarden.dashboard;

import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Role;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class UserPageController {

    private final Accounts accounts;
    private final AuditTrail trail;

    UserPageController(Accounts accounts, AuditTrail trail) {
        this.accounts = accounts;
        this.trail = trail;
    }

    @GetMapping("/settings/users")
    String page(Model model) {
        model.addAttribute("errors", Map.of());
        return show(model, "", Role.VIEWER);
    }

    @PostMapping("/settings/users")
    String add(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "VIEWER") Role role,
            @RequestParam(defaultValue = "") String password,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        try {
            accounts.add(name.strip(), role, password);
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "errors",
                    e.problems().stream().collect(Collectors.toMap(FieldProblem::field, FieldProblem::reason)));
            return show(model, name, role);
        }
        trail.record("user.create", name.strip(), "role " + role.word());
        after.addFlashAttribute("notice", "User '" + name.strip() + "' created. Ask the user to change the password.");
        return "redirect:/settings/users";
    }

    @PostMapping("/settings/users/{name}/role")
    String changeRole(@PathVariable String name, @RequestParam Role role, RedirectAttributes after) {
        accounts.changeRole(name, role);
        trail.record("user.role", name, "now " + role.word());
        after.addFlashAttribute(
                "notice", "Role of '" + name + "' changed to " + role.word() + ". The user must sign in again.");
        return "redirect:/settings/users";
    }

    @PostMapping("/settings/users/{name}/password")
    String resetPassword(
            @PathVariable String name, @RequestParam(defaultValue = "") String password, RedirectAttributes after) {
        try {
            accounts.resetPassword(name, password);
            trail.record("user.password", name, null);
            after.addFlashAttribute(
                    "notice", "Password of '" + name + "' changed. All sessions of the user have ended.");
        } catch (InvalidInputException e) {
            after.addFlashAttribute(
                    "wrong", "The password " + e.problems().getFirst().reason() + ". Nothing was changed.");
        }
        return "redirect:/settings/users";
    }

    @PostMapping("/settings/users/{name}/delete")
    String remove(@PathVariable String name, RedirectAttributes after) {
        accounts.remove(name);
        trail.record("user.delete", name, null);
        after.addFlashAttribute("notice", "User '" + name + "' deleted.");
        return "redirect:/settings/users";
    }

    private String show(Model model, String name, Role role) {
        model.addAttribute("accounts", accounts.all());
        model.addAttribute("roles", Role.values());
        model.addAttribute("name", name);
        model.addAttribute("role", role);
        return "dashboard/users";
    }
}
