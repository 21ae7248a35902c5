package dev.cachewarden.build.held;

import dev.cachewarden.build.step.RecordInstruction;
import dev.cachewarden.build.step.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Steps by their instruction, to be found by what stands in the description of a record.
 *
 * @param <T> what stands for a step
 */
final class InstructionIndex<T> {

    private static final char REDACTED = '‹';

    private final NavigableMap<String, List<T>> byInstruction = new TreeMap<>();

    /** Instructions of which a part is hidden, by their first word; that may be hidden too, then by an empty one. */
    private final Map<String, List<String>> redacted = new HashMap<>();

    /** @param text the instruction without stage and number */
    void add(StepKind kind, String text, T step) {
        String instruction = RecordInstruction.of(kind, text);
        var steps = byInstruction.get(instruction);
        if (steps == null) {
            steps = new ArrayList<>();
            byInstruction.put(instruction, steps);
            if (instruction.indexOf(REDACTED) >= 0) {
                redacted.computeIfAbsent(firstWord(instruction), any -> new ArrayList<>())
                        .add(instruction);
            }
        }
        steps.add(step);
    }

    private static String firstWord(String instruction) {
        int end = instruction.indexOf(' ');
        String word = end < 0 ? instruction : instruction.substring(0, end);
        return word.indexOf(REDACTED) < 0 ? word : "";
    }

    /** Those that may have made a record: with its very instruction or, where there is none, with what its variables may stand for. */
    List<T> of(RecordInstruction instruction) {
        String text = instruction.text();
        if (text.isEmpty()) {
            return List.of();
        }
        var exact = byInstruction.get(text);
        if (exact != null) {
            return exact;
        }
        if (!instruction.hasVariable() && redacted.isEmpty()) {
            return List.of();
        }
        var filledIn = instruction.hasVariable() ? beginningAs(instruction.beginning()) : Stream.<String>empty();
        return Stream.of(filledIn, hidden(firstWord(text)), hidden(""))
                .flatMap(some -> some)
                .distinct()
                .filter(instruction::isOf)
                .flatMap(found -> byInstruction.getOrDefault(found, List.of()).stream())
                .toList();
    }

    private Stream<String> beginningAs(String beginning) {
        return byInstruction.tailMap(beginning).keySet().stream().takeWhile(one -> one.startsWith(beginning));
    }

    private Stream<String> hidden(String firstWord) {
        return redacted.getOrDefault(firstWord, List.of()).stream();
    }
}
