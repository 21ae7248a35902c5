package dev.cachewarden.build;

import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.rest.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The builds that are known. */
public interface Builds {

    /**
     * Returns a part of a list.
     *
     * @param after the cursor of the part before, or null for the beginning
     * @param limit at least 1
     * @throws dev.cachewarden.rest.InvalidInputException if the cursor is not of this list and order
     */
    Page<BuildView> list(BuildFilter filter, BuildOrder order, @Nullable String after, int limit);

    /** Returns a part of the list that begins with running builds and the latest. */
    default Page<BuildView> list(BuildFilter filter, @Nullable String after, int limit) {
        return list(filter, BuildOrder.LATEST, after, limit);
    }

    /** Passes on the whole list, a few builds in memory at a time. */
    void forEach(BuildFilter filter, BuildOrder order, Consumer<BuildView> sink);

    Optional<BuildView> find(BuildId id);

    /** In the order of their numbers; empty where they are not known. */
    List<BuildStep> steps(BuildId id);

    /**
     * Deletes a build with its steps and logs. A builder that still remembers it does not bring it back.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such build
     * @throws dev.cachewarden.rest.ConflictException if the build is running
     */
    void delete(BuildId id);

    /** Whether there is a build of this project, ended or not. */
    boolean anyOf(String project);

    /** The projects there are, with the latest built first. */
    List<String> projects();
}
