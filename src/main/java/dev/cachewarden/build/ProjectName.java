package dev.cachewarden.build;

/**
 * The project that a build belongs to. Cachewarden compares builds of the same project.
 *
 * @param name nonempty name of at most {@link #LONGEST} characters
 */
public record ProjectName(String name, Known known) {

    public static final int LONGEST = 200;

    /** The source of a project name, from the most to the least reliable. */
    public enum Known {
        /** The uploader of the log specified it. */
        GIVEN,
        /** The build argument {@code BUILDKIT_BUILD_NAME}. */
        BUILD_NAME,
        /** The repository that buildx reports ({@code vcs:source}), or a build context that is a repository. */
        REPOSITORY,
        /** The labels that Compose adds to the images that it builds. */
        COMPOSE,
        /** The name of the built image. */
        IMAGE,
        /** The stages and base images of the Dockerfile, if no better source is available. */
        DOCKERFILE
    }

    public ProjectName {
        name = name.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("The name of a project must not be empty");
        }
        name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
