package dev.cachewarden.build;

/**
 * What a build belongs to; builds are compared with those of the same project.
 *
 * @param name never empty, at most {@link #LONGEST} characters
 */
public record ProjectName(String name, Known known) {

    public static final int LONGEST = 200;

    /** How it is known, best first. */
    public enum Known {
        /** Given with the log. */
        GIVEN,
        /** The build argument {@code BUILDKIT_BUILD_NAME}. */
        BUILD_NAME,
        /** The repository that buildx told of ({@code vcs:source}), or a context that is one. */
        REPOSITORY,
        /** Labels that Compose puts on what it builds. */
        COMPOSE,
        /** The name of the image. */
        IMAGE,
        /** Stages and base images: nothing better was told. */
        DOCKERFILE
    }

    public ProjectName {
        name = name.strip();
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A project's name cannot be empty");
        }
        name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }
}
