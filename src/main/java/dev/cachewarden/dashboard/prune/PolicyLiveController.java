package dev.cachewarden.dashboard.prune;

import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The live preview of the policy in the form. */
@Controller
class PolicyLiveController {

    private final PolicyPreviews previews;
    private final LatestOfForm latest = new LatestOfForm();

    PolicyLiveController(PolicyPreviews previews) {
        this.previews = previews;
    }

    /**
     * Returns the preview as a part of the page. Invalid input is not an error, because the user may still be typing. The response is empty
     * if the same form has sent a newer request meanwhile.
     */
    @PostMapping("/policies/preview")
    @Nullable
    String live(
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response) {
        try {
            var input = PolicyForm.document(DocumentForm.read(typed));
            String compared = FormValues.text(typed, "policy");
            Long active = compared.matches("\\d{1,18}") ? Long.valueOf(compared) : null;
            String page = FormValues.text(typed, "page");
            // The name prevents users from canceling each other's requests.
            String form = page.isEmpty() ? "" : principal.getName() + ' ' + page;
            var preview = latest.answer(form, superseded -> previews.of(input, active, superseded));
            model.addAttribute("live", new LivePreview(preview));
        } catch (InvalidInputException e) {
            model.addAttribute("unreadable", FormValues.problems(e));
        } catch (CancellationException e) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return null;
        }
        return "dashboard/policy-live";
    }
}
