package dev.cachewarden.build.analysis;

import dev.cachewarden.build.analysis.MissCause.InputChanged.Input;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A comparison of the inputs of a step with the previous build. Inputs come from the context, an address, another stage, or the Dockerfile.
 */
final class TakenInputs {

    private final Ancestry now;
    private final Ancestry before;

    TakenInputs(Ancestry now, Ancestry before) {
        this.now = now;
        this.before = before;
    }

    /** Returns the input that may have changed, or empty if it is known to be equal or the step has no input. */
    Optional<MissCause> changed(BuildStep step, BuildStep same) {
        var inputs = now.inputs(step);
        if (inputs.stream().anyMatch(TakenInputs::inlineFile)) {
            boolean equal = vertices(inputs).equals(vertices(before.inputs(same)));
            return equal ? Optional.empty() : Optional.of(new MissCause.InlineFileChanged());
        }
        var sent = inputs.stream()
                .filter(input -> input.kind() == StepKind.TRANSFER)
                .findFirst();
        if (sent.isPresent()) {
            boolean address = sent.get().text().contains("://")
                    && !sent.get().text().startsWith("load ")
                    && !sent.get().text().startsWith("local:");
            return Optional.of(new MissCause.InputChanged(address ? Input.ADDRESS : Input.CONTEXT));
        }
        boolean copies = step.kind() == StepKind.COPY || step.kind() == StepKind.ADD;
        return copies ? Optional.of(copied(step.text())) : Optional.empty();
    }

    /** Determines the cause from the text alone. A log without dependencies between steps may name no context either. */
    private static MissCause copied(String text) {
        if (text.contains(" <<")) {
            return new MissCause.InlineFileChanged();
        }
        return new MissCause.InputChanged(text.contains("--from=") ? Input.STAGE : Input.CONTEXT);
    }

    private static boolean inlineFile(BuildStep input) {
        return input.kind() == StepKind.INTERNAL && input.text().startsWith("preparing inline document");
    }

    private static Set<String> vertices(List<BuildStep> inputs) {
        return inputs.stream()
                .filter(TakenInputs::inlineFile)
                .map(BuildStep::vertex)
                .collect(Collectors.toSet());
    }
}
