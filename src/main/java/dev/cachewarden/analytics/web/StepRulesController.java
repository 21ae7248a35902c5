package dev.cachewarden.analytics.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.cachewarden.build.steps.ProjectRules;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import io.swagger.v3.oas.annotations.media.Schema;
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

/** The REST API for the custom step rules of a project. */
@RestController
@RequestMapping("/api/v1/project/step-rules")
class StepRulesController {

    private final ProjectRules rules;

    StepRulesController(ProjectRules rules) {
        this.rules = rules;
    }

    /**
     * A request to save rules. The other fields of a response are ignored, so that a client can change a response and send it back.
     *
     * @param rules rules in YAML, in the format that {@code docs/builds.md} describes
     */
    @JsonIgnoreProperties({"project", "savedAt", "savedBy"})
    record StepRulesRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String rules) {}

    /** The step rules of a project. */
    record StepRulesResponse(String project, String rules, Instant savedAt, String savedBy) {}

    /**
     * The effect of changed rules on stored builds.
     *
     * @param steps number of steps with a different class, or with a different reason for the same class
     * @param builds number of builds with such steps; Cachewarden compares them again in the background, latest first
     */
    record ClassifiedResponse(int steps, int builds) {

        static ClassifiedResponse of(ProjectRules.Reclassed reclassed) {
            return new ClassifiedResponse(reclassed.steps(), reclassed.builds());
        }
    }

    /**
     * Returns the step rules of a project.
     *
     * @param name name of the project
     */
    @GetMapping
    StepRulesResponse getStepRules(@RequestParam String name) {
        String project = name.strip();
        return rules.find(project)
                .map(saved -> new StepRulesResponse(project, saved.text(), saved.at(), saved.by()))
                .orElseThrow(() -> new NotFoundException("Project '" + project + "' has no step rules."));
    }

    /**
     * Saves the step rules of a project, and applies them to its stored builds.
     *
     * @param name name of the project
     */
    @PutMapping
    ClassifiedResponse saveStepRules(
            @RequestParam String name, @RequestBody StepRulesRequest request, Principal principal) {
        if (request.rules() == null) {
            throw new InvalidInputException("rules", "is missing");
        }
        return ClassifiedResponse.of(rules.save(name.strip(), request.rules(), principal.getName()));
    }

    /**
     * Deletes the step rules of a project, and applies the default rules to its stored builds.
     *
     * @param name name of the project
     */
    @DeleteMapping
    ClassifiedResponse deleteStepRules(@RequestParam String name) {
        return ClassifiedResponse.of(rules.remove(name.strip()));
    }
}
