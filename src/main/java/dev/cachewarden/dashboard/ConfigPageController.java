package dev.cachewarden.dashboard;

import dev.cachewarden.configfile.ConfigurationFile;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class ConfigPageController {

    private static final String PAGE = "redirect:/settings/config";

    private final ConfigurationFile file;

    ConfigPageController(ConfigurationFile file) {
        this.file = file;
    }

    @GetMapping("/settings/config")
    String page(Model model) {
        model.addAttribute("status", file.status());
        return "dashboard/config";
    }

    /**
     * Applies the configuration file, unless it changed since the user saw it.
     *
     * @param hash hash of the file whose changes the user saw
     */
    @PostMapping("/settings/config/apply")
    String apply(@RequestParam(required = false) @Nullable String hash, Principal principal, RedirectAttributes after) {
        try {
            file.apply(hash, principal.getName());
            after.addFlashAttribute("notice", "Configuration file applied.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        } catch (InvalidInputException e) {
            after.addFlashAttribute("wrong", "The configuration file is now invalid. Nothing was applied.");
        }
        return PAGE;
    }

    @PostMapping("/settings/config/release")
    String release(RedirectAttributes after) {
        try {
            after.addFlashAttribute("notice", "Released items: " + file.release() + ". Users can edit them again.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return PAGE;
    }
}
