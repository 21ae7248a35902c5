package dev.cachewarden.build.steps;

import com.google.re2j.Pattern;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A factory that creates steps from the progress that BuildKit reported for a build. */
public final class BuildSteps {

    private static final Pattern LAYER = Pattern.compile("^sha256:[0-9a-f]{64}$");
    private static final String SENT = "transferring ";
    private static final int IDENTITY_BYTES = 8;

    private final List<Vertex> vertices;
    private final List<VertexName> names;
    private final StepRules rules;

    private BuildSteps(BuildProgress progress, StepRules rules) {
        this.vertices = progress.vertices();
        this.names = vertices.stream().map(Vertex::name).map(VertexName::of).toList();
        this.rules = rules;
    }

    /**
     * Returns the steps in the order of their numbers. The caller must redact secrets in names first, because the texts of steps are stored
     * and shown.
     */
    public static List<BuildStep> of(BuildProgress progress, StepRules rules) {
        return new BuildSteps(progress, rules).steps();
    }

    private List<BuildStep> steps() {
        var graph = StepGraph.of(vertices, names);
        var order = StepOrder.of(vertices, names, graph);
        var identities = identities(order);
        int[] numbers = new int[vertices.size()];
        for (int i = 0; i < order.size(); i++) {
            numbers[order.get(i)] = i + 1;
        }
        Map<String, StepRules.Classified> classes = new HashMap<>();
        List<BuildStep> steps = new ArrayList<>(vertices.size());
        for (int vertex : order) {
            var name = names.get(vertex);
            var classified = classes.computeIfAbsent(
                    name.kind() + " " + name.text(), text -> rules.classify(name.kind(), name.text()));
            var inputs = graph.inputs(vertex).stream()
                    .map(input -> numbers[input])
                    .sorted()
                    .toList();
            steps.add(step(numbers[vertex], vertices.get(vertex), name, identities[vertex], classified, inputs));
        }
        return steps;
    }

    private static BuildStep step(
            int number,
            Vertex vertex,
            VertexName name,
            String identity,
            StepRules.Classified classified,
            List<Integer> inputs) {
        var runs = vertex.runs();
        return new BuildStep(
                number,
                vertex.id(),
                vertex.name(),
                new BuildStep.Instruction(name.kind(), name.platform(), name.stage(), name.text(), identity),
                classified,
                vertex.state(),
                new BuildStep.Times(
                        runs.isEmpty() ? null : runs.getFirst().started(),
                        runs.isEmpty() ? null : runs.getLast().completed(),
                        vertex.duration()),
                inputs,
                transferred(vertex),
                new BuildStep.Output(vertex.error(), vertex.log(), vertex.logCut()));
    }

    /**
     * Computes the identities. Steps with equal text differ by their order in the stage, and stages without a name by the order of their
     * numbers.
     */
    private String[] identities(List<Integer> order) {
        var asWritten = new ArrayList<>(order);
        asWritten.sort(
                Comparator.<Integer>comparingInt(vertex -> names.get(vertex).stageNumber())
                        .thenComparingInt(vertex -> names.get(vertex).place()));
        var sha256 = sha256();
        Map<String, Integer> seen = new HashMap<>();
        String[] identities = new String[vertices.size()];
        for (int vertex : asWritten) {
            var name = names.get(vertex);
            String same = name.platform() + "\0" + name.lastingStage() + "\0" + name.normalisedText();
            int which = seen.merge(same, 1, Integer::sum);
            byte[] hash = sha256.digest((same + "\0" + which).getBytes(StandardCharsets.UTF_8));
            identities[vertex] = HexFormat.of().formatHex(hash, 0, IDENTITY_BYTES);
        }
        return identities;
    }

    private static long transferred(Vertex vertex) {
        long sum = 0;
        for (Vertex.Status status : vertex.statuses()) {
            if (status.id().startsWith(SENT) || LAYER.matches(status.id())) {
                sum = Math.addExact(Math.min(sum, Long.MAX_VALUE / 2), Math.min(status.current(), Long.MAX_VALUE / 2));
            }
        }
        return sum;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Java has no SHA-256", e);
        }
    }
}
