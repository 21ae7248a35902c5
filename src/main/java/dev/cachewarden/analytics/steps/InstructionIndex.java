package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.steps.RecordInstruction;
import dev.cachewarden.build.steps.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An index of steps by instruction, for lookups by the description of a record.
 *
 * @param <T> representation of a step
 */
final class InstructionIndex<T> {

    private static final char REDACTED = '‹';

    private final NavigableMap<String, List<T>> byInstruction = new TreeMap<>();

    /** The instructions with a redacted part, by their first word. The key is empty if the first word is redacted as well. */
    private final Map<String, List<String>> redacted = new HashMap<>();

    /**
     * Adds a step.
     *
     * @param text instruction without stage and number
     */
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

    /**
     * Returns the steps that may have created a record. They have exactly its instruction or, if there are none, one that matches its
     * variables.
     */
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
