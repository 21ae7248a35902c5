package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import dev.cachewarden.run.ExternalPrunes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for external prunes. */
@RestController
@RequestMapping("/api/v1/builders/{id}/external-prunes")
class ExternalPruneController {

    private static final int LARGEST_LIMIT = 1_000;

    private final ExternalPrunes prunes;
    private final HostRegistry hosts;

    ExternalPruneController(ExternalPrunes prunes, HostRegistry hosts) {
        this.prunes = prunes;
        this.hosts = hosts;
    }

    /**
     * An external prune in a response. {@link ExternalPrune} describes its components.
     *
     * @param eventAt time of the last prune event of the engine in between, or null if there was none
     */
    record ExternalPruneResponse(
            long builderId,
            @Nullable Instant since,
            Instant at,
            long records,
            long bytes,
            Known known,
            @Nullable Instant eventAt,
            @Nullable Long reportedBytes) {

        static ExternalPruneResponse of(ExternalPrune prune) {
            ByteSize reported = prune.reported();
            return new ExternalPruneResponse(
                    prune.builder().value(),
                    prune.since(),
                    prune.at(),
                    prune.gone().records(),
                    prune.gone().size().bytes(),
                    prune.known(),
                    prune.eventAt(),
                    reported == null ? null : reported.bytes());
        }
    }

    /** Returns external prunes, newest first. */
    @GetMapping
    Page<ExternalPruneResponse> listExternalPrunes(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new InvalidInputException("limit", "must be from 1 to " + LARGEST_LIMIT + ", not " + limit);
        }
        var builder = new BuilderId(id);
        if (hosts.ofBuilder(builder).isEmpty()) {
            throw new NotFoundException("There is no builder " + id + ".");
        }
        var page = prunes.list(builder, after, limit);
        return new Page<>(page.items().stream().map(ExternalPruneResponse::of).toList(), page.next());
    }
}
