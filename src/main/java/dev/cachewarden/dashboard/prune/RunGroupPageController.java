package dev.cachewarden.dashboard.prune;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of runs that were started together. */
@Controller
class RunGroupPageController {

    private final Runs runs;

    RunGroupPageController(Runs runs) {
        this.runs = runs;
    }

    @GetMapping("/runs/groups/{id}")
    String group(@PathVariable long id, Model model) {
        model.addAttribute(
                "group", runs.group(id).orElseThrow(() -> new NotFoundException("There is no run group " + id + ".")));
        return "dashboard/run-group";
    }

    @PostMapping("/runs/groups/{id}/cancel")
    String cancel(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        try {
            runs.cancelAll(id, Caller.of(request));
            after.addFlashAttribute("notice", "You canceled the runs of this group that had not ended.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/runs/groups/" + id;
    }
}
