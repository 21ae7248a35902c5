package dev.cachewarden.dashboard.policy;

import dev.cachewarden.dashboard.prune.Typed;
import dev.cachewarden.prune.preview.PolicyPreviews;
import dev.cachewarden.rest.InvalidInputException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the policy in the form would do, while it is being typed. */
@Controller
class PolicyLiveController {

    private final PolicyPreviews previews;

    PolicyLiveController(PolicyPreviews previews) {
        this.previews = previews;
    }

    /** A part of the page. What cannot be read yet is no error: somebody is in the middle of a word. */
    @PostMapping("/policies/preview")
    String live(@RequestParam MultiValueMap<String, String> typed, Model model) {
        try {
            var form = PolicyForm.read(typed);
            String compared = Typed.text(typed, "policy");
            var preview = previews.of(form.toInput(), compared.matches("\\d{1,18}") ? Long.valueOf(compared) : null);
            model.addAttribute("live", new LivePreview(preview));
        } catch (InvalidInputException e) {
            model.addAttribute("unreadable", Typed.problems(e));
        }
        return "dashboard/policy-live";
    }
}
