package dev.cachewarden.simulator.fleet;

import dev.cachewarden.simulator.cache.BuildSpec;
import java.util.List;

/**
 * Something that is built over and over: a Dockerfile, told by its parts.
 *
 * @param name of the image
 * @param baseImage what it starts from
 * @param layers sizes of the base image's layers
 * @param setup commands that seldom change, such as installing packages
 * @param dependencies the command that installs what the lock file names
 * @param lockFile what is copied before it
 * @param dependencyBytes its result
 * @param mount folder of its cache mount; empty: none
 * @param build the command that builds the source
 * @param buildBytes its result
 * @param contextBytes what the client sends
 * @param runtimeImage what the last stage starts from; empty: there is one stage only
 */
record Project(
        String name,
        String baseImage,
        List<Long> layers,
        List<Setup> setup,
        String dependencies,
        String lockFile,
        long dependencyBytes,
        String mount,
        String build,
        long buildBytes,
        long contextBytes,
        String runtimeImage) {

    private static final long FRONTEND_BYTES = 11_500_000;
    private static final long DOCKERFILE_BYTES = 1_400;
    private static final long LOCK_BYTES = 480_000;
    private static final long RUNTIME_LAYER = 47_000_000;

    /** A command of the setup. */
    record Setup(String command, long bytes) {}

    /**
     * What one build of it does.
     *
     * @param setupVersion of base image and packages
     * @param lockVersion of the lock file
     * @param sourceVersion of everything else
     */
    BuildSpec build(long setupVersion, long lockVersion, long sourceVersion, boolean exported) {
        int steps = setup.size() + (dependencies.isEmpty() ? 3 : 5);
        var spec = BuildSpec.builder()
                .source("dockerfile", DOCKERFILE_BYTES)
                .source("context", contextBytes)
                .frontend("docker.io/docker/dockerfile:1", FRONTEND_BYTES)
                .content(setupVersion);
        spec.from(baseImage, layers.stream().mapToLong(Long::longValue).toArray());
        int step = 2;
        spec.copy(at(step++, steps) + "WORKDIR /app", 0);
        for (var command : setup) {
            spec.run(command.command(), varied(command.bytes(), setupVersion));
            step++;
        }
        if (!dependencies.isEmpty()) {
            spec.content(setupVersion + lockVersion).copy(at(step, steps) + "COPY " + lockFile + " ./", LOCK_BYTES);
            installDependencies(spec, lockVersion);
            step += 2;
        }
        spec.content(sourceVersion)
                .copy(at(step, steps) + "COPY . .", varied(contextBytes, sourceVersion))
                .run(build, varied(buildBytes, sourceVersion));
        if (!runtimeImage.isEmpty()) {
            spec.from(runtimeImage, RUNTIME_LAYER)
                    .copy("[stage-1 2/2] COPY --from=build /app/dist /app", varied(buildBytes / 3, sourceVersion));
        }
        return exported ? spec.exportedAs(name) : spec.build();
    }

    /** The build of a branch's checkout, which leaves a git record besides. */
    BuildSpec checkout(long sourceVersion) {
        return BuildSpec.builder()
                .content(sourceVersion)
                .git(
                        "https://git.example.com/shop/" + name + ".git#refs/heads/main",
                        varied(contextBytes, sourceVersion))
                .build();
    }

    private void installDependencies(BuildSpec.Builder spec, long lockVersion) {
        long bytes = varied(dependencyBytes, lockVersion);
        if (mount.isEmpty()) {
            spec.run(dependencies, bytes);
        } else {
            spec.run(dependencies, bytes, mount, bytes / 8);
        }
    }

    private String at(int step, int steps) {
        return "[build " + step + "/" + steps + "] ";
    }

    /** Between four and six fifths, the same for the same version. */
    private static long varied(long bytes, long version) {
        return bytes * (80 + Math.floorMod(version * 7919, 41)) / 100;
    }
}
