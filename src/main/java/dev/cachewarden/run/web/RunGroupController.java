package dev.cachewarden.run.web;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for runs that were started together. */
@RestController
@RequestMapping("/api/v1/runs/groups/{id}")
class RunGroupController {

    private final Runs runs;

    RunGroupController(Runs runs) {
        this.runs = runs;
    }

    /** Returns every run of the group, and the hosts without a run. */
    @GetMapping
    RunGroupResponse getRunGroup(@PathVariable long id) {
        return runs.group(id)
                .map(RunGroupResponse::of)
                .orElseThrow(() -> new NotFoundException("There is no run group " + id + "."));
    }

    /** Cancels every run that can still be canceled. A run that deletes ends after its current batch. */
    @PostMapping("/cancel")
    RunGroupResponse cancelRunGroup(@PathVariable long id, HttpServletRequest request) {
        return RunGroupResponse.of(runs.cancelAll(id, Caller.of(request)));
    }
}
