package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.analysis.LookedUp;
import dev.cachewarden.build.step.BuildStep;
import dev.cachewarden.build.step.StepKind;
import java.util.Optional;

/** Whether the base images of a build are those of the build before. */
final class BaseImages {

    private static final String FROM = "FROM ";

    private final Ancestry ancestry;
    private final Counterparts counterparts;

    BaseImages(Ancestry ancestry, Counterparts counterparts) {
        this.ancestry = ancestry;
        this.counterparts = counterparts;
    }

    /**
     * Of those the step depends on: by name, by the digest that stands in the name, or by the digest of the vertex. Of a step that takes
     * files only the one right beneath it counts: if the cache had the steps between, files are the likelier cause.
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
     * An image of the engine's own store is known by its tag only: name and digest of the vertex stay when the tag moves (seen on Docker
     * Engine 28.5). Then all that stands right upon it misses. Where digests tell nothing, so only of a WORKDIR,
     * upon which no setting works.
     */
    Optional<MissCause> presumed(BuildStep step, LookedUp lookedUp) {
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
