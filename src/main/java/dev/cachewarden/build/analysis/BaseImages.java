package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import java.util.Optional;

/** A comparison of the base images of a build with those of the previous build. */
final class BaseImages {

    private static final String FROM = "FROM ";

    private final Ancestry ancestry;
    private final Counterparts counterparts;

    BaseImages(Ancestry ancestry, Counterparts counterparts) {
        this.ancestry = ancestry;
        this.counterparts = counterparts;
    }

    /**
     * Returns the base image of the step that changed, or empty if none changed. The name, the digest in the name, or the digest of the
     * vertex can differ. For a step that takes files, only the image directly below it counts: if the cache had the steps between them,
     * files are the likelier cause.
     */
    Optional<MissCause> changed(BuildStep step) {
        boolean takesFiles = step.kind() == StepKind.COPY
                || step.kind() == StepKind.ADD
                || ancestry.inputs(step).stream().anyMatch(input -> input.kind() == StepKind.TRANSFER);
        for (var image : takesFiles ? ancestry.inputs(step) : ancestry.all(step)) {
            if (image.kind() != StepKind.FROM) {
                continue;
            }
            var before = counterparts.same(image).or(() -> counterparts.replaced(image));
            if (before.isPresent() && another(image, before.get())) {
                return Optional.of(new MissCause.BaseImageChanged(name(before.get()), name(image), true));
            }
        }
        return Optional.empty();
    }

    private boolean another(BuildStep image, BuildStep before) {
        boolean digests = ancestry.comparable(image) && before.vertex().startsWith("sha256:");
        return !image.text().equals(before.text()) || digests && !image.vertex().equals(before.vertex());
    }

    /**
     * Returns a base image that has presumably changed. BuildKit identifies an image in the store of the engine only by its tag. Its name
     * and the digest of its vertex stay the same when the tag moves (seen on Docker Engine 28.5). Then all instructions directly on the
     * image miss. If the digest of the step cannot be compared, this applies only to a WORKDIR, because no setting affects it.
     */
    Optional<MissCause> probableTagChange(BuildStep step, LookedUp lookedUp) {
        for (var image : ancestry.inputs(step)) {
            if (image.kind() == StepKind.FROM
                    && !image.text().contains("@sha256:")
                    && (ancestry.comparable(step) || step.kind() == StepKind.WORKDIR)
                    && ancestry.instructionsUpon(image).stream().noneMatch(lookedUp::hit)) {
                return Optional.of(new MissCause.BaseImageChanged(name(image), name(image), false));
            }
        }
        return Optional.empty();
    }

    private static String name(BuildStep image) {
        return image.text().startsWith(FROM) ? image.text().substring(FROM.length()) : image.text();
    }
}
