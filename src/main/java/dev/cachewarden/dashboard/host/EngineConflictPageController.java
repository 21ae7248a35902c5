package dev.cachewarden.dashboard.host;

import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The button that confirms that hosts with one engine ID are the same engine. */
@Controller
class EngineConflictPageController {

    private final EngineConflicts conflicts;

    EngineConflictPageController(EngineConflicts conflicts) {
        this.conflicts = conflicts;
    }

    @PostMapping("/hosts/{id}/confirm-engine")
    String confirm(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        try {
            conflicts.confirmSame(new HostId(id), Caller.of(request).name());
            after.addFlashAttribute(
                    "notice", "Confirmed as the same engine. Cachewarden reads the host again shortly.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/hosts/" + id;
    }
}
