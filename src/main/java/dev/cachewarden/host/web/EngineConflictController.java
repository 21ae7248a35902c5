package dev.cachewarden.host.web;

import dev.cachewarden.host.EngineConflicts;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API to confirm that hosts with one engine ID are the same engine. */
@RestController
class EngineConflictController {

    private final EngineConflicts conflicts;

    EngineConflictController(EngineConflicts conflicts) {
        this.conflicts = conflicts;
    }

    /** Confirms that a host and the others with its engine ID are the same engine, so that they are pruned again. */
    @PostMapping("/api/v1/hosts/{id}/confirm-engine")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void confirmEngine(@PathVariable long id, HttpServletRequest request) {
        conflicts.confirmSame(new HostId(id), Caller.of(request).name());
    }
}
