package dev.cachewarden.configfile.read;

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
 * From bytes to the nodes of a YAML document, within bounds. Nodes only: nothing is ever constructed by what a file names, and an alias
 * costs nothing until it is followed.
 */
final class YamlText {

    static final int LARGEST = 1 << 20;

    private static final int DEEPEST = 20;
    private static final int MOST_ALIASES = 10_000;

    /** Each alias counted as often as it is used: what a bomb has billions of. */
    private static final long MOST_VALUES = 200_000;

    private YamlText() {}

    /** Null: it is no good, which is noted then. */
    static @Nullable Node parse(byte[] bytes, Findings findings) {
        if (bytes.length > LARGEST) {
            findings.add(0, "", "has more than 1 MiB; a configuration file has at most that, so it was not read");
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
            // Some editors begin with a byte order mark.
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
                findings.add(0, "", "is empty; to have no hosts and policies, write hosts: [] and policies: []");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            findings.add(mark == null ? 0 : mark.getLine() + 1, "", "is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage());
            findings.add(
                    0,
                    "",
                    message.startsWith("Nesting Depth")
                            ? "is nested more than " + DEEPEST + " levels deep"
                            : "is not YAML: " + message.lines().findFirst().orElse("nobody knows why"));
        }
        return null;
    }

    /** Counts what the document comes to with each alias written out, without writing any out. */
    private static boolean bounded(Node root, Findings findings) {
        var sizes = new IdentityHashMap<Node, Long>();
        long size;
        try {
            size = size(root, sizes);
        } catch (SelfReference e) {
            findings.add(e.line, "", "has an alias that refers to what it is part of");
            return false;
        }
        if (size > MOST_VALUES) {
            findings.add(
                    0,
                    "",
                    "comes to more than " + MOST_VALUES + " values with its aliases written out; that is refused");
            return false;
        }
        return true;
    }

    /** Recurses no deeper than the document is nested, which is bounded, as each node is entered once. */
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
