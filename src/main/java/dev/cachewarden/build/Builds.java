package dev.cachewarden.build;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.rest.list.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The stored builds. */
public interface Builds {

    /**
     * Returns a page of the list.
     *
     * @param after cursor of the previous page, or null for the first page
     * @param limit maximum number of builds, at least 1
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor does not belong to this list and order
     */
    Page<BuildView> list(BuildFilter filter, BuildOrder order, @Nullable String after, int limit);

    /** Returns a page of the list that starts with running builds and the latest builds. */
    default Page<BuildView> list(BuildFilter filter, @Nullable String after, int limit) {
        return list(filter, BuildOrder.LATEST, after, limit);
    }

    /** Passes all builds of the list to the sink. Only a few builds are in memory at a time. */
    void forEach(BuildFilter filter, BuildOrder order, Consumer<BuildView> sink);

    Optional<BuildView> find(BuildId id);

    /** Returns the steps in the order of their numbers. The list is empty if the steps are unknown. */
    List<BuildStep> steps(BuildId id);

    /**
     * Deletes a build with its steps and logs. Cachewarden does not import it again, even if the builder's history still contains it.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the build does not exist
     * @throws dev.cachewarden.rest.ConflictException if the build is running
     */
    void delete(BuildId id);

    /** Returns whether the project has a build, regardless of its state. */
    boolean anyOf(String project);

    /** Returns all projects, starting with the most recently built one. */
    List<String> projects();
}
