package dev.cachewarden.configfile;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads single values. YAML gives a plain {@code on}, {@code 1.10}, or {@code 22:30} another type than its author meant, so such a value is
 * an error.
 */
final class Scalars {

    private Scalars() {}

    /** Returns a text that is not blank, or null if the value is no such text; then records an error. */
    static @Nullable String text(String at, Node node, Findings findings) {
        if (!(node instanceof ScalarNode scalar)) {
            findings.add(at, "is " + what(node) + ", not a string");
        } else if (!Tag.STR.equals(node.getTag())) {
            findings.add(
                    at,
                    known(node.getTag())
                            ? "is " + what(node) + " in YAML; put it in quotes if it is a string"
                            : "is " + what(node));
        } else if (scalar.getValue().isBlank()) {
            findings.add(at, "is blank; set a value, or remove the key");
        } else {
            return scalar.getValue();
        }
        return null;
    }

    /** Returns a whole number as written, or null if its notation is ambiguous; then records an error. */
    static @Nullable String whole(String at, ScalarNode scalar, Findings findings) {
        if (Section.plainWhole(scalar.getValue())) {
            return scalar.getValue();
        }
        findings.add(at, "is written as " + scalar.getValue() + "; write whole numbers in decimal digits");
        return null;
    }

    /** Returns a description of a value, with its article. */
    static String what(Node node) {
        if (Tag.NULL.equals(node.getTag())) {
            return "empty";
        }
        if (!known(node.getTag())) {
            return "tagged " + node.getTag().getValue() + ", which is not supported";
        }
        return switch (node) {
            case SequenceNode list -> "a list";
            case MappingNode mapping -> "a mapping";
            case ScalarNode scalar -> scalar(scalar);
            default -> "an unsupported node";
        };
    }

    private static String scalar(ScalarNode scalar) {
        var tag = scalar.getTag();
        if (Tag.BOOL.equals(tag)) {
            return "'" + scalar.getValue() + "', a boolean";
        }
        if (Tag.INT.equals(tag) || Tag.FLOAT.equals(tag)) {
            return "'" + scalar.getValue() + "', a number";
        }
        return Tag.TIMESTAMP.equals(tag) ? "'" + scalar.getValue() + "', a date" : "a string";
    }

    private static boolean known(Tag tag) {
        return Tag.STR.equals(tag)
                || Tag.INT.equals(tag)
                || Tag.FLOAT.equals(tag)
                || Tag.BOOL.equals(tag)
                || Tag.TIMESTAMP.equals(tag)
                || Tag.NULL.equals(tag)
                || Tag.SEQ.equals(tag)
                || Tag.MAP.equals(tag)
                || Tag.MERGE.equals(tag);
    }
}
