package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Builds, for reading. */
@RestController
@RequestMapping("/api/v1/builds")
class BuildController {

    private static final int MOST_AT_A_TIME = 1_000;

    private final Builds builds;

    BuildController(Builds builds) {
        this.builds = builds;
    }

    /** Those that run first, then the latest first. */
    @GetMapping
    Page<BuildResponse> list(
            BuildQuery query,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST_AT_A_TIME) {
            throw new InvalidInputException("limit", "is " + limit + "; it is from 1 to " + MOST_AT_A_TIME);
        }
        var page = builds.list(query.filter(), after, limit);
        return new Page<>(page.items().stream().map(BuildResponse::of).toList(), page.next());
    }

    @GetMapping("/{id}")
    BuildResponse one(@PathVariable long id) {
        return BuildResponse.of(find(id));
    }

    /** In the order in which a person would read them. */
    @GetMapping("/{id}/steps")
    List<StepResponse> steps(@PathVariable long id) {
        return builds.steps(find(id).id()).stream().map(StepResponse::of).toList();
    }

    private BuildView find(long id) {
        return builds.find(new BuildId(id)).orElseThrow(() -> new NotFoundException("There is no build " + id + "."));
    }
}
