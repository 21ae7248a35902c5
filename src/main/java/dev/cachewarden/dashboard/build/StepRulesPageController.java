package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page for the custom rules by which a project classifies its steps. */
@Controller
class StepRulesPageController {

    private static final String EXAMPLE = """
            rules:
              - class: MODELS_AND_DATA
                reason: packs our textures
                run:
                  - 'assets\\.sh pack'
            """;

    private final ProjectRules rules;
    private final Words words;

    StepRulesPageController(ProjectRules rules, Words words) {
        this.rules = rules;
        this.words = words;
    }

    @GetMapping("/project/rules")
    String form(@RequestParam String name, Model model) {
        String text = rules.find(name.strip()).map(ProjectRules.Saved::text).orElse(EXAMPLE);
        return form(name.strip(), text, null, model);
    }

    private String form(String project, String text, @Nullable String problem, Model model) {
        model.addAttribute("project", project);
        model.addAttribute("rules", text);
        model.addAttribute("saved", rules.find(project).orElse(null));
        model.addAttribute("standard", StepRules.standardText());
        model.addAttribute("classes", StepClass.values());
        model.addAttribute("problem", problem);
        return "dashboard/step-rules";
    }

    @PostMapping("/project/rules")
    String save(
            @RequestParam String name,
            @RequestParam(name = "rules") String text,
            @RequestParam String action,
            Principal principal,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        String project = name.strip();
        try {
            boolean remove = action.equals("remove");
            var changed = remove ? rules.remove(project) : rules.save(project, text, principal.getName());
            after.addFlashAttribute(
                    "notice",
                    (remove ? "Built-in rules restored. " : "Rules saved. ")
                            + words.count(changed.steps(), "step")
                            + " of " + words.count(changed.builds(), "stored build") + " changed class."
                            + (changed.builds() == 0
                                    ? ""
                                    : " Cachewarden updates the scenarios of these builds, latest first."));
            after.addAttribute("name", project);
            return "redirect:/project/rules";
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(project, text, String.valueOf(e.getMessage()), model);
        }
    }
}
