package dev.cachewarden.dashboard;

import dev.cachewarden.rest.NotFoundException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class LoginController {

    private static final String WRONG = "The username or password is incorrect.";

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
            model.addAttribute("wrong", tooMany(Long.toString(wait)));
        } else if (failed != null) {
            model.addAttribute("wrong", WRONG);
        } else if (out != null) {
            model.addAttribute("notice", "You are signed out.");
        } else if (ended != null) {
            model.addAttribute("notice", "Your session has ended. Sign in again.");
        }
        return "dashboard/login";
    }

    /**
     * Handles a form that was sent after its session had ended. It shows the sign-in page first, and then the form with its content, so
     * that the user can send it again.
     */
    @RequestMapping("/login/form")
    String form(
            @RequestAttribute(name = "keptForm", required = false) @Nullable Map<String, Object> form,
            @RequestAttribute(name = "loginWrong", required = false) @Nullable String wrong,
            Model model) {
        if (form == null) {
            throw new NotFoundException("No resource exists at /login/form. Check the path.");
        }
        model.addAttribute("form", form);
        if (shell.signedIn()) {
            return "dashboard/kept-form";
        }
        if (wrong != null) {
            model.addAttribute("wrong", wrong.startsWith("wait=") ? tooMany(wrong.substring(5)) : WRONG);
        } else {
            model.addAttribute(
                    "notice", "Your session has ended. Nothing was saved. Sign in again to restore your form.");
        }
        return "dashboard/login";
    }

    private static String tooMany(String seconds) {
        return "Too many failed sign-ins. Wait " + seconds + " s, then try again.";
    }
}
