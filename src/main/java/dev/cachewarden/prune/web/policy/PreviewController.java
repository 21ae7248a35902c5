package dev.cachewarden.prune.web.policy;

import dev.cachewarden.prune.preview.PolicyPreviews;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a policy would do that is not saved, over REST. */
@RestController
class PreviewController {

    private final PolicyPreviews previews;

    PreviewController(PolicyPreviews previews) {
        this.previews = previews;
    }

    /**
     * From the last readings. Stores nothing, deletes nothing.
     *
     * @param compareWith id of a saved policy, to tell the difference
     */
    @PostMapping("/api/v1/policies/preview")
    PreviewResponse preview(
            @RequestBody PolicyRequest request, @RequestParam(required = false) @Nullable Long compareWith) {
        return PreviewResponse.of(previews.of(request.toInput(), compareWith));
    }
}
