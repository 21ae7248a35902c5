package dev.cachewarden.dashboard;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class LoginController {

    private final Shell shell;

    LoginController(Shell shell) {
        this.shell = shell;
    }

    @GetMapping("/login")
    String page(
            @RequestParam(required = false) @Nullable Long wait,
            @RequestParam(required = false) @Nullable String failed,
            @RequestParam(required = false) @Nullable String out,
            @RequestParam(required = false) @Nullable String ended,
            Model model) {
        if (shell.signedIn()) {
            return "redirect:/";
        }
        if (wait != null) {
            model.addAttribute("wrong", "Too many failed sign-ins. Wait " + wait + " s, then try again.");
        } else if (failed != null) {
            model.addAttribute("wrong", "This name and password do not go together.");
        } else if (out != null) {
            model.addAttribute("said", "You are signed out.");
        } else if (ended != null) {
            model.addAttribute("said", "Your session has ended, because your account was changed. Sign in again.");
        }
        return "dashboard/login";
    }
}
