package dev.cachewarden.simulator.cache;

/** How a generation of BuildKit words descriptions; each wording was seen on an engine of that generation. */
public enum DescriptionStyle {
    /** BuildKit 0.8, in Engine 20.10: file operations have no names, cache mounts no ids. */
    BUILDKIT_0_8 {
        @Override
        String fileOperation(String words) {
            return "fileop target";
        }

        @Override
        String cacheMount(String target, String command) {
            return "cached mount " + target + " from exec " + SHELL + command;
        }
    },
    /** BuildKit 0.13, in Engine 26.1, and newer. */
    BUILDKIT_0_13 {
        @Override
        String fileOperation(String words) {
            return words;
        }

        @Override
        String cacheMount(String target, String command) {
            return BUILDKIT_0_8.cacheMount(target, command) + " with id \"/" + target + "\"";
        }
    };

    private static final String SHELL = "/bin/sh -c ";

    abstract String fileOperation(String words);

    abstract String cacheMount(String target, String command);

    /** The sentence for a step; equal ones are one object, since a fleet repeats them a thousand times. */
    String of(BuildSpec.Step step) {
        String description = switch (step.kind()) {
            case PULL, FRONTEND -> "pulled from " + step.words();
            case LOCAL_SOURCE -> "local source for " + step.words();
            case GIT_CHECKOUT -> "git snapshot for " + step.words();
            case FILE_OPERATION -> fileOperation(step.words());
            case EXEC -> "mount / from exec " + SHELL + step.words();
            case CACHE_MOUNT -> cacheMount(step.target(), step.words());
        };
        return description.intern();
    }
}
