package dev.cachewarden.policy;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a document by their keys, such as a section of a file, or the fields of a form. A value that cannot be read is absent. */
public interface DocumentSource {

    @Nullable
    String text(String key);

    /** Returns a text, or a whole number as text. */
    @Nullable
    String quantity(String key);

    @Nullable
    Boolean flag(String key);

    List<String> texts(String key);

    @Nullable
    DocumentSource section(String key);

    List<? extends DocumentSource> sections(String key);

    /** Ends the reading of this source. All keys of the document were read. */
    default void end() {}

    /** Reads a document. Each component of the record has the name of a key. */
    static <R extends Record> R read(DocumentSource source, Class<R> type) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> value(source, component))
                .toArray();
        source.end();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot create " + type.getSimpleName(), e);
        }
    }

    private static @Nullable Object value(DocumentSource source, RecordComponent component) {
        String key = component.getName();
        var type = component.getType();
        if (type == String.class) {
            return component.isAnnotationPresent(Quantity.class) ? source.quantity(key) : source.text(key);
        }
        if (type == Boolean.class) {
            return source.flag(key);
        }
        if (type.isRecord()) {
            var section = source.section(key);
            return section == null ? null : read(section, type.asSubclass(Record.class));
        }
        var item = (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
        return item == String.class
                ? source.texts(key)
                : source.sections(key).stream()
                        .map(each -> read(each, item.asSubclass(Record.class)))
                        .toList();
    }
}
