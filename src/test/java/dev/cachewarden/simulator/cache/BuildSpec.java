package dev.cachewarden.simulator.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build to simulate, as a list of steps in order.
 *
 * @param image name of the image the last step is exported as, which makes the chain up to it shared; null: none
 */
public record BuildSpec(List<Step> steps, @Nullable String image) {

    public BuildSpec {
        steps = List.copyOf(steps);
    }

    /** What a step leaves in the cache. */
    public enum Kind {
        /** An image layer. */
        PULL("regular"),
        /** A layer of an external frontend. */
        FRONTEND("frontend"),
        /** A folder the client sent; one record for each name, written to again by every build. */
        LOCAL_SOURCE("source.local"),
        /** The checkout of a git source. */
        GIT_CHECKOUT("source.git.checkout"),
        /** COPY, ADD, WORKDIR: done by BuildKit itself. */
        FILE_OPERATION("regular"),
        /** RUN. */
        EXEC("regular"),
        /** The folder of a cache mount; one record for each target, written to again by every build. */
        CACHE_MOUNT("exec.cachemount");

        final String type;

        Kind(String type) {
            this.type = type;
        }

        boolean writtenAgain() {
            return this == LOCAL_SOURCE || this == CACHE_MOUNT;
        }
    }

    /**
     * One step.
     *
     * @param words what the record's description is made of: image, folder, instruction or command
     * @param target of a cache mount; else empty
     * @param content stands for what went in: another value is another result
     * @param bytes the record's size; for a cache mount what this build adds to it
     * @param parents places of the steps it builds on, in the list of steps
     */
    public record Step(Kind kind, String words, String target, long content, long bytes, List<Integer> parents) {
        public Step {
            parents = List.copyOf(parents);
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Writes a build down like a Dockerfile: each step stands on the one before it, until {@link #stage()}. */
    public static final class Builder {

        private final List<Step> steps = new ArrayList<>();
        private int current = -1;
        private long content;

        /** What is built now differs from what was built with another value; steps so far keep theirs. */
        public Builder content(long value) {
            content = value;
            return this;
        }

        public Builder source(String name, long bytes) {
            steps.add(new Step(Kind.LOCAL_SOURCE, name, "", content, bytes, List.of()));
            return this;
        }

        public Builder git(String remote, long bytes) {
            steps.add(new Step(Kind.GIT_CHECKOUT, remote, "", content, bytes, List.of()));
            return this;
        }

        public Builder frontend(String image, long bytes) {
            steps.add(new Step(Kind.FRONTEND, image, "", 0, bytes, List.of()));
            return this;
        }

        /** An image of as many layers as there are sizes. */
        public Builder from(String image, long... layers) {
            current = -1;
            for (int i = 0; i < layers.length; i++) {
                // The place among the layers is their content: each is another record under one description.
                add(new Step(Kind.PULL, image, "", i, layers[i], parents()));
            }
            return this;
        }

        public Builder copy(String instruction, long bytes) {
            return add(new Step(Kind.FILE_OPERATION, instruction, "", content, bytes, parents()));
        }

        public Builder run(String command, long bytes) {
            return add(new Step(Kind.EXEC, command, "", content, bytes, parents()));
        }

        /** A RUN with a cache mount. */
        public Builder run(String command, long bytes, String mountTarget, long mountBytes) {
            return cacheMount(command, mountTarget, mountBytes).run(command, bytes);
        }

        /** A cache mount of the RUN that follows; a RUN may have several. */
        public Builder cacheMount(String command, String target, long bytes) {
            steps.add(new Step(Kind.CACHE_MOUNT, command, target, 0, bytes, List.of()));
            return this;
        }

        /** The next step stands on nothing: another stage. */
        public Builder stage() {
            current = -1;
            return this;
        }

        /** The next step stands on one written before: a stage {@code FROM} another. */
        public Builder stage(int mark) {
            current = mark;
            return this;
        }

        /** The step written last, to come back to it later. */
        public int mark() {
            return current;
        }

        /** A {@code COPY --link}: a record with several parents, as engines with containerd's image store make them. */
        public Builder mergeOnto(String instruction, int... marks) {
            var parents = new ArrayList<Integer>();
            for (int mark : marks) {
                parents.add(mark);
            }
            return add(new Step(Kind.FILE_OPERATION, instruction, "", content, 0, parents));
        }

        public BuildSpec build() {
            return new BuildSpec(steps, null);
        }

        public BuildSpec exportedAs(String image) {
            return new BuildSpec(steps, image);
        }

        private List<Integer> parents() {
            return current < 0 ? List.of() : List.of(current);
        }

        private Builder add(Step step) {
            steps.add(step);
            current = steps.size() - 1;
            return this;
        }
    }
}
