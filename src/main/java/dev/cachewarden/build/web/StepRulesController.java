package dev.cachewarden.build.web;

import dev.cachewarden.build.rules.ProjectRules;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.security.Principal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A project's own rules for what its steps are for. */
@RestController
@RequestMapping("/api/v1/project/step-rules")
class StepRulesController {

    private final ProjectRules rules;

    StepRulesController(ProjectRules rules) {
        this.rules = rules;
    }

    /** @param rules in YAML, in the form that the README shows */
    record StepRulesRequest(@Nullable String rules) {}

    record StepRulesResponse(String project, String rules, Instant savedAt, String savedBy) {}

    /** @param steps of stored builds whose class or its reason is another now */
    record ClassifiedResponse(int steps) {}

    @GetMapping
    StepRulesResponse get(@RequestParam String name) {
        String project = name.strip();
        return rules.find(project)
                .map(saved -> new StepRulesResponse(project, saved.text(), saved.at(), saved.by()))
                .orElseThrow(() -> new NotFoundException("Project '" + project + "' has no rules of its own."));
    }

    @PutMapping
    ClassifiedResponse save(@RequestParam String name, @RequestBody StepRulesRequest request, Principal principal) {
        if (request.rules() == null) {
            throw new InvalidInputException("rules", "is missing");
        }
        return new ClassifiedResponse(rules.save(name.strip(), request.rules(), principal.getName()));
    }

    @DeleteMapping
    ClassifiedResponse remove(@RequestParam String name) {
        return new ClassifiedResponse(rules.remove(name.strip()));
    }
}
