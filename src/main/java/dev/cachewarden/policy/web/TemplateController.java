package dev.cachewarden.policy.web;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyTemplate;
import dev.cachewarden.policy.PolicyTemplates;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for policy templates. */
@RestController
@RequestMapping("/api/v1/policy-templates")
class TemplateController {

    private final Policies policies;

    TemplateController(Policies policies) {
        this.policies = policies;
    }

    /** Returns all policy templates. */
    @GetMapping
    Page<TemplateResponse> listPolicyTemplates(Paging paging) {
        return paging.of(
                "policy templates",
                PolicyTemplates.all().stream().map(this::response).toList(),
                TemplateResponse::id);
    }

    private TemplateResponse response(PolicyTemplate template) {
        return new TemplateResponse(
                template.id(),
                template.title(),
                template.description(),
                template.command(),
                PolicyDocument.of(policies.read(template.policy())));
    }

    /**
     * A policy template in a response.
     *
     * @param command the equivalent manual command, or empty if there is none
     * @param policy the content, which a client can send as a new policy
     */
    record TemplateResponse(String id, String title, String description, String command, PolicyDocument policy) {}
}
