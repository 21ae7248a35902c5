package dev.cachewarden.run.web;

import dev.cachewarden.plan.preview.PolicyPreviews;
import dev.cachewarden.policy.web.PolicyRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for previews of unsaved policies. */
@RestController
class PreviewController {

    private final PolicyPreviews previews;

    PreviewController(PolicyPreviews previews) {
        this.previews = previews;
    }

    /**
     * Calculates a preview from the last snapshots. It stores and deletes nothing.
     *
     * @param compareWith the ID of a saved policy to compare with
     */
    @PostMapping("/api/v1/policies/preview")
    PreviewResponse previewPolicy(
            @RequestBody PolicyRequest request, @RequestParam(required = false) @Nullable Long compareWith) {
        return PreviewResponse.of(previews.of(request.policy(), compareWith));
    }
}
