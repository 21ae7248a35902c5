package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.CsvLists;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrune.Known;
import dev.cachewarden.run.ExternalPrunes;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for external prunes. */
@RestController
@RequestMapping("/api/v1/builders/{id}/external-prunes")
class ExternalPruneController {

    private static final int ROWS_AT_A_TIME = 500;

    private final ExternalPrunes prunes;
    private final HostRegistry hosts;
    private final CsvLists csv;

    ExternalPruneController(ExternalPrunes prunes, HostRegistry hosts, CsvLists csv) {
        this.csv = csv;
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
    Page<ExternalPruneResponse> listExternalPrunes(@PathVariable long id, Paging paging) {
        return page(builder(id), paging.after(), paging.size());
    }

    /** Writes all external prunes as CSV. */
    @Hidden
    @GetMapping(produces = "text/csv")
    void listExternalPrunesAsCsv(@PathVariable long id, HttpServletResponse response) throws IOException {
        var builder = builder(id);
        csv.write(
                response,
                "external-prunes",
                ExternalPruneResponse.class,
                after -> page(builder, after, ROWS_AT_A_TIME));
    }

    private Page<ExternalPruneResponse> page(BuilderId builder, @Nullable String after, int size) {
        var page = prunes.list(builder, after, size);
        return new Page<>(page.items().stream().map(ExternalPruneResponse::of).toList(), page.next());
    }

    private BuilderId builder(long id) {
        var builder = new BuilderId(id);
        if (hosts.ofBuilder(builder).isEmpty()) {
            throw new NotFoundException("There is no builder " + id + ".");
        }
        return builder;
    }
}
