package dev.cachewarden.configfile;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Parses bytes to the nodes of a YAML document, within limits. It creates only nodes: it never instantiates a type that a file names. An
 * alias uses no resources until it is resolved.
 */
final class YamlText {

    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 10_000;

    /** The maximum number of values, counting an alias at each use. An alias bomb has billions of them. */
    private static final long MOST_VALUES = 200_000;

    private YamlText() {}

    /** Returns the root node, or null if the document is invalid; then records an error. */
    static @Nullable Node parse(byte[] bytes, Findings findings) {
        if (bytes.length > LARGEST) {
            findings.add(0, "", "is larger than the maximum of 1 MiB and was not read");
            return null;
        }
        String text = decoded(bytes, findings);
        if (text == null) {
            return null;
        }
        var root = composed(text, findings);
        return root != null && bounded(root, findings) ? root : null;
    }

    private static @Nullable String decoded(byte[] bytes, Findings findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // Some editors start a file with a byte order mark.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            findings.add(0, "", "is not UTF-8");
            return null;
        }
    }

    private static @Nullable Node composed(String text, Findings findings) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            var root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                findings.add(0, "", "is empty. If this is intended, write hosts: [] and policies: []");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            findings.add(mark == null ? 0 : mark.getLine() + 1, "", "is not valid YAML: " + e.getProblem());
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage());
            findings.add(
                    0,
                    "",
                    message.startsWith("Nesting Depth")
                            ? "has more than " + DEEPEST + " nested levels"
                            : "is not valid YAML: "
                                    + message.lines().findFirst().orElse("unknown error"));
        }
        return null;
    }

    /** Checks the number of values with all aliases expanded, without expanding them. */
    private static boolean bounded(Node root, Findings findings) {
        var sizes = new IdentityHashMap<Node, Long>();
        long size;
        try {
            size = size(root, sizes);
        } catch (SelfReference e) {
            findings.add(e.line, "", "has an alias that refers to a node that contains it");
            return false;
        }
        if (size > MOST_VALUES) {
            findings.add(0, "", "has more than " + MOST_VALUES + " values after its aliases are expanded");
            return false;
        }
        return true;
    }

    /** Returns the number of values. It enters each node once, so its recursion is no deeper than the document, whose depth is limited. */
    private static long size(Node node, Map<Node, Long> sizes) {
        var known = sizes.get(node);
        if (known != null) {
            if (known == 0) {
                throw new SelfReference(Findings.line(node));
            }
            return known;
        }
        sizes.put(node, 0L);
        long size = 1;
        for (var child : children(node)) {
            size = Math.min(Integer.MAX_VALUE, size + size(child, sizes));
        }
        sizes.put(node, size);
        return size;
    }

    private static Collection<Node> children(Node node) {
        return switch (node) {
            case SequenceNode list -> list.getValue();
            case MappingNode mapping -> {
                var children = new ArrayList<Node>();
                for (NodeTuple tuple : mapping.getValue()) {
                    children.add(tuple.getKeyNode());
                    children.add(tuple.getValueNode());
                }
                yield children;
            }
            default -> List.of();
        };
    }

    private static final class SelfReference extends RuntimeException {
        private final int line;

        SelfReference(int line) {
            super("line " + line);
            this.line = line;
        }
    }
}
