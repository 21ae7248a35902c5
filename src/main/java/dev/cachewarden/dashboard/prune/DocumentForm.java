package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.policy.DocumentSource;
import dev.cachewarden.policy.Quantity;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A document in a form. The name of each field is its path in the document, such as {@code rules[0].unusedFor}, which is also the path in
 * error messages. If the input is invalid, the page shows it again unchanged. A list of texts is a text area, or several checkboxes.
 */
public final class DocumentForm implements DocumentSource {

    private static final Pattern RULE = Pattern.compile("rules\\[(\\d{1,4})]\\.(.+)");

    private static final int FEWEST_ROWS = 4;

    /**
     * The maximum number of rules to read. It is higher than the limit for a policy, so that too many rules cause an error and are not
     * dropped.
     */
    private static final int MOST_ROWS = 60;

    private static final List<String> USUAL_TYPES = Stream.of(
                    RecordType.REGULAR,
                    RecordType.EXEC_CACHEMOUNT,
                    RecordType.SOURCE_LOCAL,
                    RecordType.SOURCE_GIT_CHECKOUT,
                    RecordType.FRONTEND,
                    RecordType.INTERNAL)
            .map(RecordType::name)
            .toList();

    private final String prefix;
    private final Map<String, List<String>> values;

    private DocumentForm(String prefix, Map<String, List<String>> values) {
        this.prefix = prefix;
        this.values = values;
    }

    /** Returns the form of a document. Sizes and durations have their shortest exact text. */
    public static DocumentForm of(Record document) {
        var form = new DocumentForm("", new LinkedHashMap<>());
        form.add(document);
        return form;
    }

    /** Reads the fields of a form. Rules without any input are dropped, and the later rules move up. */
    public static DocumentForm read(MultiValueMap<String, String> typed) {
        var values = new LinkedHashMap<String, List<String>>();
        var rules = new TreeMap<Integer, Map<String, List<String>>>();
        typed.forEach((field, texts) -> {
            var rule = RULE.matcher(field);
            var stripped = texts.stream().map(String::strip).toList();
            if (!rule.matches()) {
                values.put(field, stripped);
            } else if (Integer.parseInt(rule.group(1)) < MOST_ROWS) {
                rules.computeIfAbsent(Integer.valueOf(rule.group(1)), row -> new LinkedHashMap<>())
                        .put(rule.group(2), stripped);
            }
        });
        int row = 0;
        for (var rule : rules.values()) {
            if (!new DocumentForm("", rule).blank()) {
                String at = "rules[" + row++ + "].";
                rule.forEach((field, texts) -> values.put(at + field, texts));
            }
        }
        return new DocumentForm("", values);
    }

    /** Returns the document, not yet validated. */
    public <R extends Record> R document(Class<R> type) {
        return DocumentSource.read(this, type);
    }

    /** Returns the same form with another field, which need not be part of the document. */
    public DocumentForm with(String field, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(field, List.of(value));
        return new DocumentForm(prefix, more);
    }

    @Override
    public String text(String key) {
        return String.join("\n", values.getOrDefault(prefix + key, List.of()));
    }

    @Override
    public String quantity(String key) {
        return text(key);
    }

    @Override
    public Boolean flag(String key) {
        return values.containsKey(prefix + key);
    }

    @Override
    public List<String> texts(String key) {
        return text(key).lines().filter(line -> !line.isBlank()).toList();
    }

    @Override
    public DocumentForm section(String key) {
        return new DocumentForm(prefix + key + ".", values);
    }

    @Override
    public List<DocumentForm> sections(String key) {
        return IntStream.range(0, MOST_ROWS)
                .mapToObj(row -> section(key + "[" + row + "]"))
                .takeWhile(section -> !section.blank())
                .toList();
    }

    /** Returns the rules, followed by blank rows for more. */
    public List<DocumentForm> rows() {
        var rows = new ArrayList<>(sections("rules"));
        do {
            rows.add(section("rules[" + rows.size() + "]"));
        } while (rows.size() < FEWEST_ROWS);
        return rows;
    }

    /** Returns whether no field was filled in, except the selection lists, which always have a value. */
    public boolean blank() {
        return values.entrySet().stream()
                .filter(field -> field.getKey().startsWith(prefix))
                .filter(field -> !field.getKey().equals(prefix + "measure")
                        && !field.getKey().equals(prefix + "order"))
                .allMatch(field -> field.getValue().stream().allMatch(String::isBlank));
    }

    /** Returns whether a rule uses settings that most rules do not have. */
    public boolean unusual() {
        return !text("filters").isEmpty()
                || flag("includeShared")
                || flag("includeInternal")
                || !(text("order").isEmpty() || text("order").equals(EvictionOrder.LEAST_RECENTLY_USED.name()))
                || text("measure").equals(Measure.WHOLE_CACHE.name());
    }

    /** Returns the eviction orders to choose from. */
    public List<EvictionOrder> orders() {
        return List.of(EvictionOrder.values());
    }

    /** Returns the types to choose from: the usual ones, and all other types of the rule, so that saving it loses none. */
    public List<String> offered() {
        return Stream.concat(USUAL_TYPES.stream(), texts("types").stream())
                .distinct()
                .toList();
    }

    private void add(Record document) {
        for (var component : document.getClass().getRecordComponents()) {
            String key = component.getName();
            switch (valueOf(document, component)) {
                case String text -> put(key, List.of(shown(text, component.getAnnotation(Quantity.class))));
                case Boolean flag -> put(key, flag ? List.of("true") : List.of());
                case Record inner -> section(key).add(inner);
                case List<?> list -> addAll(key, list);
                case null -> {}
                default -> {}
            }
        }
    }

    private void addAll(String key, List<?> list) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Record inner) {
                section(key + "[" + i + "]").add(inner);
            } else {
                texts.add(String.valueOf(list.get(i)));
            }
        }
        put(key, texts);
    }

    private void put(String key, List<String> texts) {
        if (!texts.isEmpty()) {
            values.put(prefix + key, texts);
        }
    }

    private static @Nullable Object valueOf(Record document, RecordComponent component) {
        try {
            return component.getAccessor().invoke(document);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot read " + component, e);
        }
    }

    private static String shown(String text, @Nullable Quantity quantity) {
        if (quantity == null) {
            return text;
        }
        return switch (quantity.value()) {
            case BYTES -> text.matches("\\d{1,18}") ? FormValues.size(new ByteSize(Long.parseLong(text))) : text;
            case DURATION -> Durations.exact(Durations.parse(text));
            case NUMBER -> text;
        };
    }
}
