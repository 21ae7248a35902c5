package dev.cachewarden.configfile;

import dev.cachewarden.policy.DocumentSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping that the caller reads key by key. A value of a wrong type is recorded as an error and treated as absent. At the
 * {@linkplain #end end}, each key that was not read is also an error: it might have been a limit.
 */
final class Section implements DocumentSource {

    private static final Pattern PLAIN_WHOLE = Pattern.compile("-?(0|[1-9]\\d*)");

    private final String at;
    private final Findings findings;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(String at, Findings findings) {
        this.at = at;
        this.findings = findings;
    }

    /** Returns a section, or null if the node is no mapping; then records an error. */
    static @Nullable Section of(String at, Node node, Findings findings) {
        return of(at, node, "", findings);
    }

    /** @param example text that continues the error message */
    private static @Nullable Section of(String at, Node node, String example, Findings findings) {
        findings.place(at, node);
        if (!(node instanceof MappingNode mapping) || !Tag.MAP.equals(node.getTag())) {
            findings.add(at, "is " + Scalars.what(node) + ", not a mapping" + example);
            return null;
        }
        var section = new Section(at, findings);
        section.take(mapping);
        return section;
    }

    private void take(MappingNode mapping) {
        var merged = new ArrayList<Node>();
        for (NodeTuple tuple : mapping.getValue()) {
            var key = tuple.getKeyNode();
            if (Tag.MERGE.equals(key.getTag())) {
                merged.add(tuple.getValueNode());
            } else if (!(key instanceof ScalarNode scalar) || !Tag.STR.equals(key.getTag())) {
                findings.add(
                        Findings.line(key), at, "has a key that is " + Scalars.what(key) + "; keys must be strings");
            } else if (values.containsKey(scalar.getValue())) {
                findings.add(
                        Findings.line(key),
                        inside(scalar.getValue()),
                        "is a duplicate of the key on line " + findings.lineOf(inside(scalar.getValue())));
            } else {
                values.put(scalar.getValue(), tuple.getValueNode());
                findings.place(inside(scalar.getValue()), key);
            }
        }
        merged.forEach(this::merge);
    }

    /** Merges a mapping according to YAML's merge key: the mapping's own keys take precedence over merged ones. */
    private void merge(Node node) {
        if (node instanceof SequenceNode several) {
            several.getValue().forEach(this::merge);
            return;
        }
        var other = of(at, node, findings);
        if (other != null) {
            other.values.forEach(values::putIfAbsent);
        }
    }

    /** Returns the path of a key. */
    String inside(String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    String at() {
        return at;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    private @Nullable Node ask(String key) {
        asked.add(key);
        var node = values.get(key);
        if (node != null && Tag.NULL.equals(node.getTag())) {
            findings.add(inside(key), "has no value; set a value, or remove the key");
            return null;
        }
        return node;
    }

    /** Returns a text that is not blank, or null if it is absent. */
    @Override
    public @Nullable String text(String key) {
        var node = ask(key);
        return node == null ? null : Scalars.text(inside(key), node, findings);
    }

    @Override
    public @Nullable String quantity(String key) {
        var node = ask(key);
        if (node instanceof ScalarNode scalar && Tag.INT.equals(node.getTag())) {
            return Scalars.whole(inside(key), scalar, findings);
        }
        return node == null ? null : Scalars.text(inside(key), node, findings);
    }

    /** Returns true or false, or null if the value is absent. */
    @Override
    public @Nullable Boolean flag(String key) {
        var node = ask(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar
                && (scalar.getValue().equals("true") || scalar.getValue().equals("false"))
                && Tag.BOOL.equals(node.getTag())) {
            return scalar.getValue().equals("true");
        }
        findings.add(inside(key), "is " + Scalars.what(node) + "; write true or false");
        return null;
    }

    /** Returns a list of texts, or an empty one if it is absent. */
    @Override
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        each(key, (place, node) -> {
            findings.place(place, node);
            var text = Scalars.text(place, node, findings);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    /** Returns a mapping of keys to texts, or null if it is absent. */
    @Nullable
    Map<String, String> words(String key) {
        var section = section(key);
        if (section == null) {
            return null;
        }
        var words = new LinkedHashMap<String, String>();
        for (var word : List.copyOf(section.values.keySet())) {
            var text = section.text(word);
            if (text != null) {
                words.put(word, text);
            }
        }
        return words;
    }

    /** Returns a nested section, or null if it is absent. */
    @Override
    public @Nullable Section section(String key) {
        var node = ask(key);
        return node == null ? null : of(inside(key), node, findings);
    }

    /** Returns the sections in a list, or an empty list if it is absent. */
    @Override
    public List<Section> sections(String key) {
        return sections(key, "");
    }

    /** @param example shows how to write a section; it continues the error message for an item that is no section */
    List<Section> sections(String key, String example) {
        var sections = new ArrayList<Section>();
        each(key, (place, node) -> {
            var section = of(place, node, example, findings);
            if (section != null) {
                sections.add(section);
            }
        });
        return sections;
    }

    /** An action for each item of a list. */
    @FunctionalInterface
    private interface Part {
        void read(String place, Node node);
    }

    private void each(String key, Part part) {
        var node = ask(key);
        if (node instanceof SequenceNode list && Tag.SEQ.equals(node.getTag())) {
            for (int i = 0; i < list.getValue().size(); i++) {
                part.read(inside(key) + "[" + i + "]", list.getValue().get(i));
            }
        } else if (node != null) {
            findings.add(inside(key), "is " + Scalars.what(node) + ", not a list");
        }
    }

    /** Records an error for each key that was not read. */
    @Override
    public void end() {
        end(key -> false);
    }

    /** Records an error for each key that was not read, except those that match the predicate. */
    void end(Predicate<String> passedOver) {
        for (var key : values.keySet()) {
            if (!asked.contains(key) && !passedOver.test(key)) {
                findings.add(
                        inside(key),
                        "is an unknown key"
                                + Suggestion.near(key, asked)
                                        .map(near -> ". Did you mean '" + near + "'?")
                                        .orElse(". Known keys: " + String.join(", ", asked)));
            }
        }
    }

    static boolean plainWhole(String text) {
        return PLAIN_WHOLE.matcher(text).matches();
    }
}
