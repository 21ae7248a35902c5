package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOrder;
import dev.cachewarden.build.Builds;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API that lists and deletes builds. */
@RestController
@RequestMapping("/api/v1/builds")
class BuildController {

    private final Builds builds;
    private final HostRegistry hosts;

    BuildController(Builds builds, HostRegistry hosts) {
        this.builds = builds;
        this.hosts = hosts;
    }

    /** Returns a page of builds. By default running builds come first, then the latest. */
    @GetMapping
    Page<BuildResponse> listBuilds(
            BuildQuery query, @RequestParam(required = false) @Nullable String sort, Paging paging) {
        var page = builds.list(query.filter(hosts), BuildOrder.parse(sort), paging.after(), paging.size());
        return new Page<>(page.items().stream().map(BuildResponse::of).toList(), page.next());
    }

    /** Returns all builds as CSV, if the client accepts this type. */
    @Hidden
    @GetMapping(produces = "text/csv")
    void listBuildsAsCsv(
            BuildQuery query, @RequestParam(required = false) @Nullable String sort, HttpServletResponse response)
            throws IOException {
        // Before the headers, since parsing may fail, and an error response is not an attachment.
        var filter = query.filter(hosts);
        var order = BuildOrder.parse(sort);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"builds.csv\"");
        var names = new HashMap<BuilderId, String>();
        hosts.all().forEach(host -> host.builders().forEach(builder -> names.put(builder.id(), host.name())));
        // Not the writer of the response, because it hides that the client has disconnected.
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        new BuildsCsv(names).write(builds, filter, order, out);
        out.flush();
    }

    /** Returns all builds as CSV, for links. */
    @Hidden
    @GetMapping(params = "format=csv")
    void listBuildsAsCsvByLink(
            BuildQuery query, @RequestParam(required = false) @Nullable String sort, HttpServletResponse response)
            throws IOException {
        listBuildsAsCsv(query, sort, response);
    }

    /** Deletes a build with its steps and logs. Cachewarden does not import it again from its builder. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteBuild(@PathVariable long id) {
        builds.delete(new BuildId(id));
    }
}
