package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.regex.Pattern;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of the global pins and the pins of policies. */
@Controller
class PinPageController {

    /** The pages with a pin button. After pinning, the user returns to them. */
    private static final Pattern BACK = Pattern.compile("/records/\\d{1,18}/[A-Za-z0-9:._-]{1,200}");

    private final Pins pins;
    private final Policies policies;

    PinPageController(Pins pins, Policies policies) {
        this.pins = pins;
        this.policies = policies;
    }

    @GetMapping("/pins")
    String list(@RequestParam(defaultValue = "") String filter, Model model) {
        return page(filter, "", model);
    }

    private String page(String filter, String note, Model model) {
        model.addAttribute("pins", pins.all());
        model.addAttribute(
                "policies",
                policies.all().stream()
                        .filter(policy -> !policy.pins().isEmpty())
                        .toList());
        model.addAttribute("filter", filter);
        model.addAttribute("note", note);
        return "dashboard/pins";
    }

    /**
     * Adds a pin.
     *
     * @param back page to return to; only the page of a record is accepted, any other value is ignored
     */
    @PostMapping("/pins")
    String add(
            @RequestParam(defaultValue = "") String filter,
            @RequestParam(defaultValue = "") String note,
            @RequestParam(defaultValue = "") String back,
            HttpServletRequest request,
            RedirectAttributes after,
            HttpServletResponse response,
            Model model) {
        try {
            var pin = pins.add(filter, note, Caller.of(request).name());
            AuditDetail.set(request, pin.filter().toString());
            after.addFlashAttribute("notice", "'" + pin.filter() + "' is pinned. No plan deletes matching records.");
            return "redirect:" + (BACK.matcher(back).matches() ? back : "/pins");
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            e.problems().forEach(problem -> model.addAttribute(problem.field() + "Problem", problem.reason()));
            return page(filter, note, model);
        }
    }

    @PostMapping("/pins/{id}/remove")
    String remove(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        try {
            var pin = pins.remove(id);
            AuditDetail.set(request, pin.filter().toString());
            after.addFlashAttribute(
                    "notice", "'" + pin.filter() + "' is no longer pinned. Plans can delete matching records.");
        } catch (NotFoundException | ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/pins";
    }
}
